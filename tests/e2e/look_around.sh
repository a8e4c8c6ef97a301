#!/usr/bin/env bash
# The commands that read a journal, alone and beside a process that writes to it.
source "$(dirname "$0")/common.bash"

"$order" demo --place-only --data "$work/data" --count 2500 --json >/dev/null

"$order" show o-00000007 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.order_id == "o-00000007" and .status == "pending" and .version == 1'
expect_json "$work/out" '.total_cents > 0 and (.items | length > 0)'
"$order" show o-00000007 --data "$work/data" >"$work/text"
expect_text "$work/text" "Order o-00000007"
expect_text "$work/text" "pending"
! grep -q $'\x1B' "$work/text" || fail "there are colours where no terminal is"

"$order" history o-00000007 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.version == 1 and .position.offset > 0 and .type == "OrderCreated" and .time != null'
expect_json "$work/out" '.command_id != null and .content.order_id == "o-00000007" and (.subject | startswith("c-"))'
"$order" history o-00000007 --data "$work/data" >"$work/text"
expect_text "$work/text" "#1 OrderCreated@1"

expect_status 3 "$order" show o-0000000x --data "$work/data"
expect_text "$work/err" "there is no order 'o-0000000x'; did you mean 'o-0000000"
expect_status 3 "$order" history nobody --data "$work/data"
expect_status 3 "$tusker" stream read order-o-0000000x --data "$work/data"
expect_text "$work/err" "did you mean 'order-o-0000000"
expect_status 3 "$tusker" stream read "no such name" --data "$work/data"

# Lists: all (over several pages), a category, and page by page.
[ "$("$tusker" stream ls --data "$work/data" --json | wc -l)" -eq 2600 ] || fail "not all streams are listed"
[ "$("$tusker" stream ls --data "$work/data" --category inventory --json | wc -l)" -eq 100 ] || fail "not 100 articles"
"$tusker" stream ls --data "$work/data" --category order --limit 1 --after order-o-00000041 --json >"$work/out"
expect_json "$work/out" '.stream == "order-o-00000042" and .category == "order" and .version == 1 and .state == "open"'
[ "$("$tusker" stream ls --data "$work/data" --limit 3 | wc -l)" -eq 4 ] || fail "not a header and three streams"
[ "$("$tusker" stream ls --data "$work/data" --category nothing --json | wc -l)" -eq 0 ] || fail "a stream of nothing"

"$tusker" stream read order-o-00000042 --data "$work/data" --backward --limit 1 --json >"$work/out"
expect_json "$work/out" '.stream == "order-o-00000042" and .version == 1 and .schema_version == 1 and .shard < 64'
[ -z "$("$tusker" stream read order-o-00000042 --data "$work/data" --from 2 --json)" ] || fail "a second event"
"$tusker" journal info --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.engine == "lmdb" and .format >= 1 and .shards == 64 and .streams == 2600 and .events == 2600'
expect_json "$work/out" '(.uuid | length == 36) and .last_position == [{log: 0, offset: 2600}]'
"$tusker" journal info --data "$work/data" >"$work/text"
expect_text "$work/text" "2,600"

# A program whose output nobody can take says so.
if [ -w /dev/full ]; then
  status=0
  "$tusker" journal info --data "$work/data" >/dev/full 2>"$work/err" || status=$?
  [ "$status" -eq 1 ] || fail "a full disk under the output went unnoticed: $status"
  expect_text "$work/err" "cannot_write"
fi

# Beside a writer: readers see what is durable, a second writer is refused, and the first ends well when it is asked to.
"$order" demo --place-only --data "$work/live" --count 1000000 --json >"$work/live_out" 2>"$work/live_err" &
background=$!
wait_for_events "$work/live" 300
"$order" show o-00000001 --data "$work/live" --json >"$work/out"
expect_json "$work/out" '.order_id == "o-00000001"'
[ "$("$tusker" stream ls --data "$work/live" --category order --limit 50 --json | wc -l)" -eq 50 ] || fail "no streams"
expect_status 4 "$order" demo --place-only --data "$work/live" --count 1
expect_text "$work/err" "locked"
kill -0 "$background" || fail "the writer was over before it was read beside"
kill -TERM "$background"
status=0
wait "$background" || status=$?
background=""
[ "$status" -eq 130 ] || fail "the writer ended with $status: $(cat "$work/live_err")"
expect_json "$work/live_out" '.placed == .orders and .placed > 0 and .failed == 0'
placed=$(jq .placed "$work/live_out")
[ "$(events_in "$work/live")" -eq $((placed + 100)) ] || fail "what was acknowledged is not what is stored"
