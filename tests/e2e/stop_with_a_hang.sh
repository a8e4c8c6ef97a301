#!/usr/bin/env bash
# SIGTERM to an order program whose `decide` hangs (tests/stop): it ends within twice --drain-timeout, everybody is
# answered, and it says what it gave up. HANGING_ORDER is that program.
source "$(dirname "$0")/common.bash"
: "${HANGING_ORDER:?the order program that hangs}"

mkfifo "$work/pipe"

# hang_at ORDER DIR OPTIONS…: starts it and returns when it hangs, with the pipe open as 3.
hang_at() {
  local at=$1 data=$2
  shift 2
  ORDER_HANGS_AT=$at ORDER_HANGS_ON=$work/pipe "$HANGING_ORDER" demo --place-only --data "$data" --count 1000000 --json "$@" \
    >"$work/out" 2>"$work/err" &
  background=$!
  exec 3>"$work/pipe"
}

# expect_end STATUS: waits for its end.
expect_end() {
  local status=0
  wait "$background" || status=$?
  background=""
  exec 3>&-
  [ "$status" -eq "$1" ] || fail "it ended with $status, not $1: $(cat "$work/err")"
}

# One order hangs for ever: it is given up, and its actor left behind. On a busy machine it need not be the only one.
hang_at o-00000005 "$work/one" --drain-timeout 1000
wait_for_events "$work/one" 500
kill -s TERM "$background"
expect_end 1
expect_json "$work/out" '.interrupted and .stopped >= 1 and .left_behind >= 1 and .failed == 0 and .rejected == 0'
expect_json "$work/out" '.placed > 0 and .orders == .placed + .stopped'
expect_text "$work/err" "stopped: the runtime was shut down before the command was answered"
expect_text "$work/err" '"error":"drain_timed_out"'
[ "$(events_in "$work/one")" -ge $(($(jq .placed "$work/out") + 100)) ] || fail "what was acknowledged is not stored"
# The order that was given up is as good as any other in the next run.
expect_status 0 "$order" demo --place-only --data "$work/one" --count 10 --json
expect_json "$work/out" '.placed >= 1 and .placed + .duplicates == 10 and .verified == 10'

# Every order hangs, so that no thread is left to run an actor: all who wait are answered all the same.
hang_at all "$work/all" --drain-timeout 200
kill -s TERM "$background"
expect_end 1
expect_json "$work/out" '.interrupted and .stopped >= 1 and .orders == .stopped and .placed == 0 and .left_behind > 1'

# The control: what hangs and is told to go on within the time is neither given up nor left behind.
hang_at o-00000005 "$work/told" --drain-timeout 600000
kill -s TERM "$background"
echo "go on" >&3
expect_end 130
expect_json "$work/out" '.interrupted and .stopped == 0 and .left_behind == 0 and .orders == .placed'
[ ! -s "$work/err" ] || fail "there is something on standard error: $(cat "$work/err")"

# Whoever asks twice means it.
hang_at o-00000005 "$work/twice" --drain-timeout 600000
while kill -s TERM "$background" 2>/dev/null; do :; done
expect_end 143
