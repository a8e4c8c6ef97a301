#!/usr/bin/env bash
# A backup taken while the demo runs verifies and is a prefix of the journal; a restored one goes on with rows of its own.
source "$(dirname "$0")/common.bash"

"$order" demo --place-only --data "$work/live" --count 1000000 --json >"$work/live_out" 2>"$work/live_err" &
background=$!
wait_for_events "$work/live" 300
expect_status 0 "$order" journal backup "$work/first" --data "$work/live" --json
expect_json "$work/out" '.head >= 300 and .bytes > 0 and .events_emptied == 0'
first=$(jq .head "$work/out")
uuid=$(jq -r .uuid "$work/out")
wait_for_events "$work/live" $((first + 100))
expect_status 0 "$tusker" journal backup "$work/second" --compact --data "$work/live"
expect_text "$work/out" "Backup of journal $uuid in $work/second"

# The owner's lock is where it was, and what needs it is refused; so is a place that is taken.
expect_status 4 "$order" journal compact --data "$work/live"
expect_text "$work/err" "process $background"
expect_text "$work/err" "journal backup --compact"
expect_status 4 "$order" stream tombstone order-o-00000001 --yes --data "$work/live"
expect_text "$work/err" "process $background"
expect_status 2 "$order" journal backup "$work/first" --data "$work/live"
expect_text "$work/err" "place_taken"
kill -9 "$background"
wait "$background" 2>/dev/null || true
background=""

"$order" events --raw --data "$work/live" --json >"$work/all"
for backup in first second; do
  expect_status 0 "$tusker" journal verify --data "$work/$backup" --json
  expect_json "$work/out" ".clean and .uuid == \"$uuid\""
  head=$(jq .head "$work/out")
  "$order" events --raw --data "$work/$backup" --json >"$work/some"
  [ "$(wc -l <"$work/some")" -eq "$head" ] || fail "$backup does not have all events up to $head"
  cmp <(head -n "$head" "$work/all") "$work/some" || fail "$backup is no prefix of the journal"
  [ "$head" -lt "$(wc -l <"$work/all")" ] || fail "nothing was written behind $backup"
done
! ls "$work" | grep -q partial || fail "something is left of the making"
expect_status 0 "$tusker" doctor --data "$work/first" --json
expect_json "$work/out" '.left_over == []'
mkdir "$work/first.partial"
expect_status 0 "$tusker" doctor --data "$work/first" --json
expect_json "$work/out" ".left_over == [{\"name\": \"$work/first.partial\", \"bytes\": 0}]"
expect_status 0 "$tusker" doctor --data "$work/first"
expect_text "$work/out" "Left over:  $work/first.partial"
rmdir "$work/first.partial"

# Restored, after a look; only where nothing is.
expect_status 0 "$order" journal restore "$work/first" --dry-run --data "$work/restored" --json
expect_json "$work/out" ".restored == false and .origin == \"$uuid\" and .head == $first and .uuid == null"
[ ! -e "$work/restored" ] || fail "a trial has made a folder"
expect_status 0 "$order" journal restore "$work/first" --data "$work/restored" --json
expect_json "$work/out" ".restored and .origin == \"$uuid\" and .uuid != \"$uuid\" and .head == $first"
expect_status 2 "$order" journal restore "$work/first" --data "$work/restored"
expect_status 3 "$order" journal restore "$work/none" --data "$work/other"
[ ! -e "$work/other" ] || fail "a folder was made of no backup"

# Its rows are those of the backup's events, made anew, and rows of the original are refused beside it.
expect_status 0 "$order" projection rebuild order_summary --data "$work/restored" --json
digest=$(jq -r .digest "$work/out")
"$order" journal export "$work/first.ndjson" --data "$work/first" >/dev/null
expect_status 0 "$order" journal import "$work/first.ndjson" --data "$work/imported" --json
expect_status 0 "$order" projection rebuild order_summary --data "$work/imported" --json
expect_json "$work/out" ".digest == \"$digest\""
rm -r "$work/restored/read"
cp -r "$work/live/read" "$work/restored/read"
expect_status 4 "$order" projection ls --data "$work/restored"
expect_text "$work/err" "other_journal"

# A damaged backup is none.
at=$(grep -abo '"order_id":"o-00000007"' "$work/second/data.mdb" | head -n 1 | cut -d : -f 1)
printf 'P' | dd of="$work/second/data.mdb" bs=1 seek=$((at + 2)) conv=notrunc status=none
expect_status 4 "$order" journal restore "$work/second" --data "$work/other"
expect_text "$work/err" "is damaged: ev, offset "
[ ! -e "$work/other" ] || fail "a damaged backup was restored"
