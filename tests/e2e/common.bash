# What the end-to-end tests share. A script begins with: source "$(dirname "$0")/common.bash"
# It gets BIN_DIR, the folder of the programs, and SHARED_DATA, the folder of the data sets (may be unset).
set -euo pipefail

: "${BIN_DIR:?the folder of the programs}"
order=$BIN_DIR/order
tusker=$BIN_DIR/tusker
work=$(mktemp -d)
background=""

clean_up() {
  [ -z "$background" ] || kill -9 "$background" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'echo "FAILED at line $LINENO: $BASH_COMMAND" >&2' ERR

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# expect_status STATUS COMMAND…: runs it with its output in $work/out and $work/err.
expect_status() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/out" 2>"$work/err" || status=$?
  [ "$status" -eq "$wanted" ] || fail "'$*' exited with $status, not $wanted: $(tail -n 5 "$work/err")"
}

# expect_json FILE EXPRESSION: the jq expression is true of the one JSON value in the file.
expect_json() {
  [ "$(wc -l <"$1")" -eq 1 ] || fail "not one line of JSON: $(cat "$1")"
  jq -e "$2" "$1" >/dev/null || fail "not so: $2 in $(cat "$1")"
}

# expect_text FILE TEXT: the file has the text, as it stands.
expect_text() {
  grep -qF -- "$2" "$1" || fail "'$2' is not in: $(cat "$1")"
}

# events_in DIR: how many events the journal holds; 0 while there is none.
events_in() {
  "$tusker" journal info --data "$1" --json 2>/dev/null | jq .events || echo 0
}

# wait_for_events DIR COUNT: returns when the journal has grown past so many events. The writer must be alive.
wait_for_events() {
  local events
  until events=$(events_in "$1") && [ "${events:-0}" -gt "$2" ]; do
    kill -0 "$background" 2>/dev/null || fail "the writer ended before it had written $2 events"
  done
}
