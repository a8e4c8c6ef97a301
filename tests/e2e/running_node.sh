#!/usr/bin/env bash
# Operators' verbs beside a running node: it takes their wishes, and who has the lock is the only one who changes anything.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

# Letters that were lost, and orders whose payment waits.
"$order" demo --data "$work/data" --count 20 --seed 4 --json >"$work/demo"
"$order" mail --data "$work/data" --fail-percent 40 --retry-base-ms 0 >/dev/null 2>&1 || true
letters=$("$order" dead-letter ls --data "$work/data" --subscriber mailroom --json | wc -l)
[ "$letters" -gt 0 ] || fail "no letter was lost"

serve "$work/data" --payment-timeout-percent 100 --payment-deadline-ms 600000

# Projections.
expect_status 0 "$order" projection pause stock_levels --data "$work/data" --json
expect_json "$work/out" '.projection == "stock_levels" and .mode == "paused"'
# Nobody waits for a rebuild that begins when somebody resumes it.
for how in "" --dry-run; do
  expect_status 2 timeout 60 "$order" projection rebuild stock_levels $how --data "$work/data"
  expect_text "$work/err" "projection 'stock_levels' is paused; resume it first"
done
expect_status 0 "$tusker" projection resume stock_levels --data "$work/data" --json
expect_json "$work/out" '.mode == "running"'
before=$("$order" projection digest order_summary --data "$work/data" --json | jq -r .digest)
expect_status 0 "$order" projection rebuild order_summary --data "$work/data" --json
expect_json "$work/out" ".digest == \"$before\""
expect_status 3 "$order" projection pause order_sumary --data "$work/data"
expect_text "$work/err" "did you mean 'order_summary'?"

# Subscribers.
expect_status 0 "$order" subscriber pause payment_gateway --data "$work/data" --json
expect_json "$work/out" '.state == "paused"'
expect_status 0 "$order" subscriber resume payment_gateway --data "$work/data" --json
expect_json "$work/out" '.state == "subscribed"'

# A saga that waits for its payment is taken back.
ask 201 POST "$api/orders" --body "$(order_body c-1)"
id=$(jq -r .order_id "$work/out")
until "$order" saga show "$id" --data "$work/data" --json 2>/dev/null >"$work/out" &&
  jq -e '.open | any(.step == "payment" and .state == "accepted")' "$work/out" >/dev/null; do
  kill -0 "$background" || fail "it ended by itself"
done
expect_status 0 "$order" saga compensate "$id" --reason "the customer called" --dry-run --data "$work/data" --json
expect_status 1 "$order" saga retry "$id" --data "$work/data"
expect_status 0 "$order" saga compensate "$id" --reason "the customer called" --data "$work/data" --json
expect_json "$work/out" '.carried_out == true and .left == false'
until "$order" saga show "$id" --data "$work/data" --json >"$work/out" && jq -e '.phase == "compensated"' "$work/out" >/dev/null; do :; done
expect_json "$work/out" '.why == "the customer called"'

# Dead letters of a subscriber that this node does not have are left alone; a trial says what would be.
expect_status 0 "$order" dead-letter drop --all --reason old --dry-run --data "$work/data" --json
expect_json "$work/out" ".would_drop == $letters"
expect_status 3 "$order" dead-letter drop --all --reason old --yes --data "$work/data"
expect_text "$work/err" "mailroom"
[ "$("$order" dead-letter ls --data "$work/data" --json | wc -l)" -eq "$letters" ] || fail "a letter is gone"

# Streams are changed by hand by the node, whose aggregate goes on from there.
note=("$tusker" stream append note-1 --type Noted --data "$work/data" --json)
expect_status 0 "${note[@]}" --content 1 --expected no_stream --dry-run
expect_json "$work/out" '.appended == false and .version == 1 and .position == null'
expect_status 0 "${note[@]}" --content '{ "at": 1.10 }' --expected no_stream --subject c-1 --metadata tenant=north
expect_json "$work/out" '.appended and .version == 1 and .position.offset > 0'
expect_status 1 "${note[@]}" --content 1 --expected no_stream
expect_text "$work/err" "version_conflict"
for twice in 1 2; do
  expect_status 0 "${note[@]}" --content 2 --command-id 0198c5e0-0000-7000-8000-00000000beef
  expect_json "$work/out" '.version == 2'
done
expect_status 1 "${note[@]}" --content 3 --command-id 0198c5e0-0000-7000-8000-00000000beef
expect_text "$work/err" "command_id_reused"
ask 200 GET "$admin/streams/note-1"
expect_json "$work/out" '[.events[].version] == [1, 2] and .events[0].user.tenant == "north" and .events[0].subject == "c-1"'
expect_text "$work/out" '{"at":1.10}'
expect_status 1 "$tusker" stream append "order-$id" --type OrderCanceled --content '{}' --data "$work/data"
expect_text "$work/err" "OrderCancelled"
ask 201 POST "$api/orders" --body "$(order_body c-2)"
second=$(jq -r .order_id "$work/out")
until "$order" saga show "$second" --data "$work/data" --json 2>/dev/null >"$work/out" &&
  jq -e '.open | any(.step == "payment" and .state == "accepted")' "$work/out" >/dev/null; do
  kill -0 "$background" || fail "it ended by itself"
done
version=$("$order" show "$second" --data "$work/data" --json | jq .version)
expect_status 0 "$order" stream append "order-$second" --type OrderCancelled --expected "$version" \
  --content "{\"order_id\":\"$second\",\"reason\":\"by hand\"}" --data "$work/data"
ask 200 GET "$api/orders/$second"
expect_json "$work/out" ".status == \"cancelled\" and .version == $((version + 1))"
ask 200 POST "$api/orders/$second/cancel"
expect_status 2 "$tusker" stream truncate note-1 --before 2 --data "$work/data" </dev/null
expect_text "$work/err" "1 of 2 events of the stream 'note-1' will be gone for good"
expect_status 0 "$tusker" stream truncate note-1 --before 2 --yes --data "$work/data" --json
expect_json "$work/out" '.done and .events == 1 and .version == 2'
expect_status 1 "$tusker" stream truncate note-1 --before 9 --yes --data "$work/data"
expect_status 3 "$tusker" stream tombstone note-2 --yes --data "$work/data"
expect_text "$work/err" "did you mean 'note-1'?"
expect_status 0 "$tusker" stream tombstone note-1 --dry-run --data "$work/data"
expect_text "$work/out" "1 of 1 events of the stream 'note-1' would be gone"
expect_status 0 "$tusker" stream tombstone note-1 --yes --data "$work/data"
expect_status 1 "${note[@]}" --content 3
expect_text "$work/err" "stream_tombstoned"
ask 200 GET "$admin/projections/order_summary/digest"
digest=$(jq -r .digest "$work/out")
[ "${#digest}" -eq 32 ] || fail "no digest: $digest"

# A node that was killed leaves its address behind; who comes then takes the lock.
kill_serving
[ -e "$work/data/admin" ] || fail "the address that a killed node left is what this is about"
expect_status 0 "$order" projection pause stock_levels --data "$work/data" --json
expect_status 0 "$order" projection resume stock_levels --data "$work/data" --json
expect_status 0 "$order" dead-letter drop --all --reason old --yes --data "$work/data" --json
expect_json "$work/out" ".dropped == $letters"

# A node without an endpoint: the lock says no, and nobody is asked at the address that another node left.
serve "$work/data"
kill_serving
"$order" demo --data "$work/data" --count 1000000 --seed 5 --place-only >/dev/null 2>&1 &
background=$!
wait_for_events "$work/data" "$(events_in "$work/data")"
expect_status 4 "$order" projection pause stock_levels --data "$work/data"
expect_text "$work/err" "locked"
expect_status 4 "$order" dead-letter drop --all --reason old --data "$work/data"
expect_text "$work/err" "locked"
expect_status 4 "$tusker" stream append note-3 --type Noted --content 1 --data "$work/data"
expect_text "$work/err" "locked"
