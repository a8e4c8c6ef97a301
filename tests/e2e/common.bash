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

# expect_report DIR ORDERS: the report is what is computed from the file of orders alone; every number of it.
expect_report() {
  "$order" report --data "$1" --json >"$work/report" 2>"$work/err"
  [ ! -s "$work/err" ] || fail "the report complains: $(cat "$work/err")"
  python3 "$(dirname "${BASH_SOURCE[0]}")/expected_report.py" "$2" >"$work/expected"
  cmp <(jq -S . "$work/report") <(jq -S . "$work/expected") || fail "the report is not that of the file $2"
}

# expect_rebuilds DIR: a rebuild of each projection makes byte-identical rows.
expect_rebuilds() {
  local name before
  for name in order_summary revenue_by_day stock_levels; do
    before=$("$order" projection digest "$name" --data "$1" --json | jq -r .digest)
    [ "${#before}" -eq 32 ] || fail "$name has no digest"
    expect_status 0 "$order" projection rebuild "$name" --data "$1" --json
    expect_json "$work/out" ".projection == \"$name\" and .version == 1 and .position > 0"
    expect_json "$work/out" ".digest == \"$before\""
    "$order" projection status "$name" --data "$1" --json >"$work/out"
    expect_json "$work/out" '.rebuild == null and .lag == 0 and .last_error == "" and .mode == "running"'
  done
}

# expect_payments DIR: the provider's ledger agrees with how the orders ended.
expect_payments() {
  "$order" list --data "$1" --json >"$work/orders"
  python3 "$(dirname "${BASH_SOURCE[0]}")/check_payments.py" "$1/payments.ndjson" "$work/orders" >"$work/faults" ||
    fail "the ledger: $(head -n 5 "$work/faults")"
}

# expect_stock DIR: no article has less than nothing, and what was received is reserved or left.
expect_stock() {
  "$order" report --data "$1" --json >/dev/null
  "$order" events --data "$1" --category inventory --json |
    jq -s -e 'group_by(.stream) | all(
      (map(if .type == "StockReceived" then .content.quantity
           elif .type == "InventoryReserved" then -.content.quantity
           elif .type == "InventoryReleased" then .content.quantity else 0 end)
       | reduce .[] as $n ({left: 0, least: 0}; .left += $n | .least = ([.least, .left] | min))).least >= 0)' >/dev/null ||
    fail "an article has less than nothing"
}
