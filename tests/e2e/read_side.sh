#!/usr/bin/env bash
# Lists, reports and projections of generated orders: right, rebuilt alike, told when they are behind.
source "$(dirname "$0")/common.bash"

# Before anything ran: what is missing is named, with what to do.
for command in list report "projection ls" "projection status order_summary" "projection digest order_summary" \
  "projection dead-letters order_summary"; do
  # shellcheck disable=SC2086 # the command is several words
  expect_status 3 "$order" $command --data "$work/none"
  expect_text "$work/err" "there is no journal in $work/none"
done
expect_status 3 "$order" projection rebuild order_summary --data "$work/none"
[ ! -e "$work/none" ] || fail "a journal was made by looking for it"

"$order" demo --place-only --data "$work/data" --count 700 --seed 9 --json >"$work/out"
expect_json "$work/out" '.placed == 700 and .verified == 700'

# The report is what the events say. The events are the input here, since nobody wrote the orders to a file.
"$order" events --data "$work/data" --type OrderCreated --json | jq -c .content >"$work/orders.ndjson"
[ "$(wc -l <"$work/orders.ndjson")" -eq 700 ] || fail "not 700 orders"
expect_report "$work/data" "$work/orders.ndjson"
[ -z "$("$order" projection dead-letters order_summary --data "$work/data")" ] || fail "a projection gave an event up"
expect_rebuilds "$work/data"
expect_report "$work/data" "$work/orders.ndjson"
expect_status 0 "$order" report --data "$work/data"
expect_text "$work/out" "Total"

# Lists: the newest first, by customer, by status, both, and with a limit.
"$order" list --data "$work/data" --json >"$work/list"
[ "$(jq -r .order_id "$work/list")" = "$(jq -r '[.ordered_on, .order_id] | @tsv' "$work/list" | sort -s -r -k 1,1 |
  cut -f 2)" ] || fail "the latest days do not come first"
[ "$(jq -r .order_id "$work/list" | sort | tr '\n' ' ')" = "$(jq -r .order_id "$work/orders.ndjson" | sort |
  tr '\n' ' ')" ] || fail "not all orders are listed once"
# Of one day the one that came last is the first.
jq -r '[.ordered_on, .place] | @tsv' "$work/list" >"$work/places"
cmp "$work/places" <(sort -k 1,1r -k 2,2nr "$work/places") || fail "the order within a day is not that of the journal"
"$order" list --data "$work/data" --limit 3 --json >"$work/out"
cmp "$work/out" <(head -n 3 "$work/list") || fail "a limit does not give the first ones"
customer=$(jq -r .customer_id "$work/list" | sort | uniq -c | sort -rn | awk 'NR == 1 {print $2}')
"$order" list --data "$work/data" --customer "$customer" --json >"$work/out"
cmp "$work/out" <(jq -c "select(.customer_id == \"$customer\")" "$work/list") || fail "not the orders of $customer"
"$order" list --data "$work/data" --customer "$customer" --status pending --limit 1 --json | cmp - <(head -n 1 "$work/out")
"$order" list --data "$work/data" --status pending --json | cmp - "$work/list"
[ -z "$("$order" list --data "$work/data" --status cancelled --json)" ] || fail "an order is cancelled"
[ -z "$("$order" list --data "$work/data" --customer nobody --json)" ] || fail "nobody has orders"
jq -se 'all(.status == "pending" and .created != null and .paid == null and .behind == 0 and .cancel_reason == "")' \
  "$work/list" >/dev/null || fail "the rows are not those of placed orders"
expect_status 0 "$order" list --data "$work/data" --limit 1
[ "$(wc -l <"$work/out")" -eq 2 ] || fail "not a header and an order"

# Wrong arguments.
expect_status 2 "$order" list --data "$work/data" --status pendign
expect_text "$work/err" "there is no status 'pendign'; did you mean 'pending'? Known: pending, paid, confirmed, cancelled"
expect_status 2 "$order" list --data "$work/data" --status ""
for number in 0 -1 "" x 5x 1.0 18446744073709551616; do
  expect_status 2 "$order" list --data "$work/data" --limit "$number"
  expect_text "$work/err" "'$number' is no whole number from 1 to 18446744073709551615"
done
expect_status 2 "$order" demo --count -1
expect_status 2 "$order" demo --seed -1
# No customer has no name: it is not as if nobody was asked for.
[ -z "$("$order" list --data "$work/data" --customer "" --json)" ] || fail "an order is of nobody"
expect_status 2 "$order" projection
expect_status 2 "$order" projection status --data "$work/data"
for verb in status digest pause resume rebuild; do
  expect_status 3 "$order" projection "$verb" order_sumary --data "$work/data"
  expect_text "$work/err" "did you mean 'order_summary'? Known: order_summary, revenue_by_day, stock_levels"
done
expect_status 2 "$tusker" projection rebuild order_summary --data "$work/data"

# What needs no types is the same by the other program.
"$tusker" projection ls --data "$work/data" --json >"$work/out"
[ "$(jq -r .projection "$work/out" | tr '\n' ' ')" = "order_summary revenue_by_day stock_levels " ] || fail "not all"
cmp <("$tusker" projection digest stock_levels --data "$work/data") \
  <("$order" projection digest stock_levels --data "$work/data") || fail "the digests differ"
expect_status 0 "$order" projection ls --data "$work/data"
expect_text "$work/out" "up to date"

# Paused, the rows stay where they are, and everybody who reads them is told.
expect_status 0 "$order" projection pause order_summary --data "$work/data" --json
expect_json "$work/out" '.mode == "paused" and .lag == 0'
before=$("$order" projection digest order_summary --data "$work/data" --json | jq -r .digest)
expect_status 0 "$order" demo --place-only --data "$work/data" --count 750 --seed 9 --json
expect_json "$work/out" '.placed == 50 and .verified == 750'
expect_text "$work/err" "projection 'order_summary' is paused, its rows are 50 events behind"
expect_status 0 "$order" list --data "$work/data" --limit 1 --json
expect_json "$work/out" '.behind == 50'
expect_text "$work/err" "the rows of order_summary are 50 events behind the journal"
expect_status 0 "$order" report --data "$work/data" --json
expect_json "$work/out" '.orders == 750 and .behind == 50 and ([.customers[].orders] | add) == 700'
"$order" projection status order_summary --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.mode == "paused" and .lag == 50 and .position + .lag == .head'
[ "$("$order" projection digest order_summary --data "$work/data" --json | jq -r .digest)" = "$before" ] ||
  fail "a paused projection has other rows"
expect_status 0 "$tusker" projection resume order_summary --data "$work/data"
expect_text "$work/out" "behind"
expect_status 0 "$order" demo --place-only --data "$work/data" --count 750 --seed 9 --json
[ ! -s "$work/err" ] || fail "there is something on standard error: $(cat "$work/err")"
[ "$("$order" projection digest order_summary --data "$work/data" --json | jq -r .digest)" != "$before" ] ||
  fail "other rows have the same digest, so equal digests say nothing"
"$order" events --data "$work/data" --type OrderCreated --json | jq -c .content >"$work/orders.ndjson"
expect_report "$work/data" "$work/orders.ndjson"

# Beside a writer everything can be read; what takes the lock says who has it.
"$order" demo --place-only --data "$work/live" --count 1000000 --json >"$work/live_out" 2>"$work/live_err" &
background=$!
wait_for_events "$work/live" 300
until "$order" projection ls --data "$work/live" --json >"$work/out" 2>/dev/null &&
  [ "$(wc -l <"$work/out")" -eq 3 ]; do
  kill -0 "$background" || fail "the writer has ended"
done
expect_status 0 "$order" list --data "$work/live" --limit 2 --json
expect_status 0 "$order" report --data "$work/live" --json
expect_json "$work/out" '.behind >= 0'
expect_status 4 "$order" projection rebuild order_summary --data "$work/live"
expect_text "$work/err" "locked"
expect_status 4 "$order" projection pause order_summary --data "$work/live"
expect_text "$work/err" "locked"
kill -9 "$background"
wait "$background" 2>/dev/null || true
background=""

# After a kill in the middle a rebuild and what the next run goes on with are the same rows.
expect_status 0 "$order" projection rebuild revenue_by_day --data "$work/live" --json
rebuilt=$(jq -r .digest "$work/out")
expect_status 0 "$order" projection rebuild revenue_by_day --data "$work/live" --json
expect_json "$work/out" ".digest == \"$rebuilt\""

# A list that stands still, because nobody reads it, holds no rows: a read store uses its space again all the same.
"$order" demo --place-only --data "$work/held" --count 20000 --in-flight 256 --json >/dev/null
cp -a "$work/held" "$work/free"
mkfifo "$work/pipe"
"$order" list --data "$work/held" --json >"$work/pipe" &
background=$!
exec 3<"$work/pipe"
IFS= read -r line <&3
for data in held free; do
  for _ in 1 2 3 4 5; do
    expect_status 0 "$order" projection rebuild order_summary --data "$work/$data"
  done
done
kill -0 "$background" || fail "the list has ended"
cat <&3 >"$work/rest"
exec 3<&-
wait "$background"
background=""
[ "$(wc -l <"$work/rest")" -eq 19999 ] || fail "rebuilds took orders off the list"
held=$(stat -c %s "$work/held/read/data.mdb") free=$(stat -c %s "$work/free/read/data.mdb")
[ "$held" -lt $((free * 3 / 2)) ] || fail "a list that stands still kept $held bytes, not $free"

# A journal without rows.
rm -r "$work/data/read"
expect_status 3 "$order" list --data "$work/data"
expect_text "$work/err" "there are no rows in $work/data/read"
expect_status 3 "$order" report --data "$work/data" --json
expect_json "$work/err" '.error == "not_found"'
