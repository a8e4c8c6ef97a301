#!/usr/bin/env bash
# What operators see of sagas, and what they can want of them.
source "$(dirname "$0")/common.bash"

# Some payments are declined, and their orders taken back.
"$order" demo --data "$work/data" --count 60 --seed 4 --payment-limit-cents 60000 --json >"$work/demo"
expect_json "$work/demo" '.sagas.completed > 0 and .sagas.compensated > 0 and .sagas.open == 0'
"$order" saga ls --data "$work/data" --json >"$work/list"
jq -se --slurpfile demo "$work/demo" 'length == 60 and
  (map(select(.phase == "completed")) | length) == $demo[0].sagas.completed and
  all(.saga == "fulfilment" and .version == 1 and .transitions > 3 and (.why == "" or .phase == "compensated"))' \
  "$work/list" >/dev/null || fail "the list is not what the demo tells"
"$tusker" saga ls --saga fulfilment --data "$work/data" --json | cmp - "$work/list" || fail "tusker sees others"
[ -z "$("$order" saga ls --open --data "$work/data" --json)" ] || fail "a saga is open"
"$order" saga ls --phase compensated --data "$work/data" --json >"$work/out"
[ "$(wc -l <"$work/out")" -eq "$(jq .sagas.compensated "$work/demo")" ] || fail "the phase is no filter"
key=$(head -n 3 "$work/list" | tail -n 1 | jq -r .key)
cmp <("$order" saga ls --after "$key" --limit 2 --data "$work/data" --json) <(sed -n 4,5p "$work/list") || fail "a page"

# One that was taken back: what it did is undone, and the arrows say so.
undone=$("$order" saga ls --phase compensated --limit 1 --data "$work/data" --json | jq -r .key)
"$order" saga show "$undone" --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.phase == "compensated" and .failed_step == "payment" and .open == [] and .stuck_in == null'
expect_json "$work/out" '.steps | any(.step == "reserve" and .undone == .items)'
LC_ALL=C.UTF-8 "$order" saga timeline "$undone" --data "$work/data" >"$work/out"
expect_text "$work/out" "compensating  because of payment"
expect_text "$work/out" "╰── reserve"
LC_ALL=C "$order" saga timeline "$undone" --data "$work/data" >"$work/out"
expect_text "$work/out" "+-- reserve"
[ "$(LC_ALL=C grep -c $'[\x80-\xff]' "$work/out")" -eq 0 ] || fail "there is no locale, and it is no ASCII"
"$order" saga timeline "$undone" --data "$work/data" --json >"$work/out"
jq -se '.[0].act == "started" and .[-1].act == "compensated" and all(.at != null and .transition > 0)' "$work/out" \
  >/dev/null || fail "the moves are not all there"
"$order" events --category fulfilment --type tusker.SagaStepped --limit 1 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.content.moves[0].act == "started"'

# Wrong names, and wishes that cannot be met.
expect_status 3 "$order" saga show "$undone"x --data "$work/data"
expect_text "$work/err" "did you mean"
expect_status 3 "$order" saga ls --saga fulfilmnt --data "$work/data"
expect_text "$work/err" "there is no saga 'fulfilmnt'; did you mean 'fulfilment'?"
expect_status 2 "$order" saga ls --phase stuk --data "$work/data"
expect_status 2 "$order" saga compensate "$undone" --data "$work/data"
expect_text "$work/err" "--reason"
expect_status 2 "$tusker" saga show "${undone%%-*}" --data "$work/data"
for verb in "retry" "compensate --reason none"; do
  # shellcheck disable=SC2086 # a verb and its option
  expect_status 1 "$order" saga $verb "$undone" --data "$work/data"
  expect_text "$work/err" "it is compensated"
done

# A provider that does not answer, and a node that dies meanwhile: an order waits for its payment.
patient=(--count 1 --seed 4 --payment-timeout-percent 100 --payment-deadline-ms 600000)
"$order" demo --data "$work/waiting" "${patient[@]}" >/dev/null 2>&1 &
background=$!
until "$order" saga ls --data "$work/waiting" --json 2>/dev/null | jq -r .key >"$work/key" && [ -s "$work/key" ] &&
  "$order" saga show "$(cat "$work/key")" --data "$work/waiting" --json 2>/dev/null |
  jq -e '.open[0].step == "payment" and .open[0].state == "accepted"' >/dev/null; do
  kill -0 "$background" 2>/dev/null || fail "the demo ended before its order waited for a payment"
done
key=$(cat "$work/key")
expect_status 0 "$order" saga compensate "$key" --reason "the customer called" --dry-run --data "$work/waiting"
expect_status 4 "$order" saga compensate "$key" --reason "the customer called" --data "$work/waiting"
kill -9 "$background"
wait "$background" 2>/dev/null || true
background=""

# The wish is left, once, and the next node carries it out.
expect_status 0 "$order" saga compensate "$key" --reason "the customer called" --data "$work/waiting" --json
expect_json "$work/out" ".key == \"$key\" and .wish == \"compensate\" and .left == true"
expect_status 1 "$order" saga compensate "$key" --reason "again" --data "$work/waiting"
expect_text "$work/err" "was left before"
"$order" saga show "$key" --data "$work/waiting" --json >"$work/out"
expect_json "$work/out" '.phase == "running" and .waits == "compensate" and .open[0].due != null'
"$order" timer ls --data "$work/waiting" >"$work/out"
expect_text "$work/out" "tusker.CompensateSaga"
"$order" demo --data "$work/waiting" "${patient[@]}" --json >"$work/out"
expect_json "$work/out" '.sagas.compensated == 1 and .sagas.open == 0 and .sagas.stuck == 0 and .dead_letters == 0'
"$order" saga show "$key" --data "$work/waiting" --json >"$work/out"
expect_json "$work/out" '.phase == "compensated" and .why == "the customer called" and .waits == null'
"$order" show "$key" --data "$work/waiting" --json >"$work/out"
expect_json "$work/out" '.status == "cancelled"'
expect_status 0 "$order" doctor --data "$work/waiting"
