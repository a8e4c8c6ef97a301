#!/usr/bin/env bash
# SIGTERM and Ctrl-C: what is under way is answered, the program ends by itself and says how far it came.
source "$(dirname "$0")/common.bash"

articles=100

# stop_with SIGNAL DIR: a run that is stopped after some hundred events ends with 130 and has lost nothing.
stop_with() {
  local data=$2 status=0 placed
  "$order" demo --place-only --data "$data" --count 1000000 --seed 5 --json >"$work/out" 2>"$work/err" &
  background=$!
  wait_for_events "$data" 500
  kill -s "$1" "$background"
  wait "$background" || status=$?
  background=""
  [ "$status" -eq 130 ] || fail "it ended with $status after $1: $(cat "$work/err")"
  [ ! -s "$work/err" ] || fail "there is something on standard error: $(cat "$work/err")"
  expect_json "$work/out" '.interrupted and .stopped == 0 and .left_behind == 0 and .failed == 0'
  expect_json "$work/out" '.orders == .placed and .placed < 1000000 and .verified == 0'
  placed=$(jq .placed "$work/out")
  [ "$(events_in "$data")" -eq $((placed + articles)) ] || fail "$placed orders were placed, others are stored"
  # The journal is free for the next one, who finds them all, and goes on.
  expect_status 0 "$order" demo --place-only --data "$data" --count $((placed + 10)) --seed 5 --json
  expect_json "$work/out" ".duplicates == $placed and .placed == 10 and .verified == $placed + 10"
  expect_json "$work/out" '.interrupted == false and .stopped == 0'
}

stop_with TERM "$work/term"
stop_with INT "$work/int"

# For people: a sentence instead of a table that says all is well.
"$order" demo --place-only --data "$work/text" --count 1000000 >"$work/out" 2>"$work/err" &
background=$!
wait_for_events "$work/text" 500
kill -s TERM "$background"
status=0
wait "$background" || status=$?
background=""
[ "$status" -eq 130 ] || fail "it ended with $status"
expect_text "$work/out" "Interrupted after"
expect_text "$work/out" "all of them were answered"

# A temporary journal is removed all the same.
mkdir "$work/tmp"
TMPDIR=$work/tmp "$order" demo --place-only --count 1000000 --json >"$work/out" 2>"$work/err" &
background=$!
until [ -e "$work"/tmp/*/data.mdb ]; do
  kill -0 "$background" || fail "it ended before it was stopped"
done
kill -s TERM "$background"
status=0
wait "$background" || status=$?
background=""
[ "$status" -eq 130 ] || fail "it ended with $status"
[ -z "$(ls -A "$work/tmp")" ] || fail "the temporary journal is still there"
