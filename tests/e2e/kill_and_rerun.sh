#!/usr/bin/env bash
# kill -9 in the middle of a run, three times; then the same command completes, and every order is there once.
source "$(dirname "$0")/common.bash"

orders=10000
articles=100
demo=("$order" demo --place-only --data "$work/data" --count "$orders" --seed 11 --json)

for stop_after in 700 2500 5000; do
  "${demo[@]}" >"$work/out" 2>"$work/err" &
  background=$!
  wait_for_events "$work/data" "$stop_after"
  kill -9 "$background"
  status=0
  wait "$background" 2>/dev/null || status=$?
  background=""
  [ "$status" -eq 137 ] || fail "the run was over before it was killed: $status"
done
survived=$(events_in "$work/data")
[ "$survived" -lt $((orders + articles)) ] || fail "all was stored before the kill, so nothing was shown"

expect_status 0 "${demo[@]}"
expect_json "$work/out" ".orders == $orders and .verified == $orders and .failed == 0 and .rejected == 0"
expect_json "$work/out" ".placed + .duplicates == $orders and .events == $orders + $articles - $survived"
# As many streams as events: each order has one event, so none is there twice.
"$tusker" journal info --data "$work/data" --json >"$work/out"
expect_json "$work/out" ".events == $orders + $articles and .streams == $orders + $articles"
expect_json "$work/out" ".last_position == [{log: 0, offset: ($orders + $articles)}]"
echo "$survived events survived the kills"
