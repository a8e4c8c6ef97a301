#!/usr/bin/env bash
# The events of a journal in their order: by type, by category, page by page, raw, and while another process writes.
source "$(dirname "$0")/common.bash"

"$order" demo --place-only --data "$work/data" --count 1500 --seed 2 --json >/dev/null

# All of them, in order, over several slices; the same by the program without types.
"$order" events --data "$work/data" --json >"$work/all"
[ "$(wc -l <"$work/all")" -eq 1600 ] || fail "not all events"
cmp <(jq .position.offset "$work/all") <(seq 1600) || fail "not in the order of the journal"
"$tusker" events --data "$work/data" --json | cmp - "$work/all"
"$order" events --data "$work/data" --raw --json | cmp - "$work/all"

# By type and category, one and several.
"$order" events --data "$work/data" --type OrderCreated --json | cmp - <(jq -c 'select(.type == "OrderCreated")' "$work/all")
"$order" events --data "$work/data" --type OrderCreated --type StockReceived --json | cmp - "$work/all"
"$tusker" events --data "$work/data" --type StockReceived --json | cmp - <(jq -c 'select(.type == "StockReceived")' "$work/all")
"$order" events --data "$work/data" --category inventory --json | cmp - <(jq -c 'select(.stream | startswith("inventory-"))' "$work/all")
"$order" events --data "$work/data" --category inventory --category order --json | cmp - "$work/all"
[ -z "$("$order" events --data "$work/data" --category inventory --type OrderPaid --raw --json)" ] || fail "an event of nothing"

# A part: --after and --limit; a page goes on where the one before ended.
"$order" events --data "$work/data" --after 1590 --json | cmp - <(tail -n 10 "$work/all")
"$order" events --data "$work/data" --after 20 --limit 5 --json | cmp - <(sed -n 21,25p "$work/all")
[ -z "$("$order" events --data "$work/data" --after 1600 --json)" ] || fail "an event behind the last"
expect_status 0 "$order" events --data "$work/data" --after 1599
expect_text "$work/out" "OrderCreated@1"

# Wrong arguments.
expect_status 3 "$order" events --data "$work/data" --type OrderCreatd
expect_text "$work/err" "there is no type of events 'OrderCreatd'; did you mean 'OrderCreated'? Known: Inventory"
expect_status 3 "$order" events --data "$work/data" --category inventory --type OrderCreated
expect_status 2 "$order" events --data "$work/data" --limit 0
for number in x -1 18446744073709551616; do
  expect_status 2 "$order" events --data "$work/data" --after "$number"
  expect_text "$work/err" "'$number' is no whole number from 0 to 18446744073709551615"
done
expect_status 2 "$order" events --data "$work/data" --type
expect_status 3 "$tusker" events --data "$work/none" --json
expect_json "$work/err" '.error == "not_found"'

# --follow with a limit ends by itself, also when all is there already.
"$order" events --data "$work/data" --follow --limit 1600 --json | cmp - "$work/all"

# Beside a process that writes: each line comes as it is written, none twice, none missing.
mkfifo "$work/pipe"
"$order" events --data "$work/data" --after 1600 --type OrderCreated --follow --json >"$work/pipe" 2>"$work/err" &
background=$!
exec 3<"$work/pipe"
"$order" demo --place-only --data "$work/data" --count 2000 --seed 2 --json >"$work/out"
expect_json "$work/out" '.placed == 500'
mapfile -n 500 -u 3 lines
printf '%s' "${lines[@]}" >"$work/followed"
cmp <(jq .position.offset "$work/followed") <(seq 1601 2100) || fail "what was followed is not what was written"
# Whoever follows goes on: what another run writes comes too, and Ctrl-C ends it.
"$order" demo --place-only --data "$work/data" --count 2001 --seed 2 --json >/dev/null
IFS= read -r line <&3
printf '%s\n' "$line" >"$work/followed"
expect_json "$work/followed" '.position.offset == 2101 and .type == "OrderCreated"'
kill -s TERM "$background"
status=0
wait "$background" || status=$?
background=""
[ "$status" -eq 130 ] || fail "it ended with $status: $(cat "$work/err")"
[ -z "$(cat <&3)" ] || fail "there was one line more"
exec 3<&-
[ ! -s "$work/err" ] || fail "there is something on standard error: $(cat "$work/err")"
