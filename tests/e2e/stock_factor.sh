#!/usr/bin/env bash
# The catalogue's stock is taken in so many times as --stock-factor says, and once, however often the demo is run.
source "$(dirname "$0")/common.bash"

# stock_in DIR: all units that were received.
stock_in() {
  "$order" events --data "$1" --type StockReceived --json | jq -s 'map(.content.quantity) | add'
}

expect_status 0 "$order" demo --data "$work/once" --count 5 --json
expect_status 0 "$order" demo --data "$work/many" --count 5 --stock-factor 1000 --json
[ "$(stock_in "$work/once")" -gt 0 ] || fail "no stock was received"
[ "$(stock_in "$work/many")" -eq $((1000 * $(stock_in "$work/once"))) ] || fail "not a thousand times the stock"

expect_status 0 "$order" demo --data "$work/many" --count 5 --stock-factor 1000 --json
expect_json "$work/out" '.events == 0 and .failed == 0 and .placed == 0'
# Another factor is another delivery under the same command id: it is told, and nothing is taken in twice.
expect_status 1 "$order" demo --data "$work/many" --count 5 --stock-factor 999 --json
expect_json "$work/out" '.events == 0 and .failed > 0'
expect_text "$work/err" "command_id_reused"
