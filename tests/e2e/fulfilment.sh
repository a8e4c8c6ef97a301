#!/usr/bin/env bash
# Orders are brought to their end: one after the other exactly as a plain script says, many at a time within what is
# there, and whatever the payment provider does, nobody pays for what he does not get.
source "$(dirname "$0")/common.bash"

# check_demo DIR EXPECTED: the report in $work/out is what the script says.
check_result() {
  expect_json "$work/out" ".sagas.open == 0 and .sagas.stuck == 0 and .dead_letters == 0"
  local result
  result=$(jq -cS '{confirmed, out_of_stock: .cancelled.out_of_stock, payment_declined: .cancelled.payment_declined,
                    revenue_cents, stock_left}' "$work/out")
  [ "$result" = "$(jq -cS . <<<"$1")" ] || fail "the result is $result, the script says $1"
}

source_dir=${SHARED_DATA:-/nowhere}/northwind
expected=$(dirname "$0")/expected_fulfilment.py
if [ -f "$source_dir/orders.ndjson" ]; then
  orders=$source_dir/orders.ndjson
  catalogue=$source_dir/products.ndjson
else
  echo "SKIP: THE SAMPLE ORDERS WERE NOT CHECKED: there is no $source_dir/orders.ndjson" >&2
  exit 77
fi
head -n 250 "$orders" >"$work/orders.ndjson"
demo=("$order" demo --orders "$work/orders.ndjson" --catalogue "$catalogue" --json)

one=$(python3 "$expected" "$work/orders.ndjson" "$catalogue" 2)
expect_status 0 "${demo[@]}" --data "$work/one" --in-flight 1 --stock-factor 2
check_result "$one"
expect_json "$work/out" '.retries == 0 and .cancelled.out_of_stock > 0 and .confirmed > 0'
expect_payments "$work/one"
# The control: a ledger that lacks a refund is found.
cp -r "$work/one" "$work/robbed"
order_id=$("$order" list --data "$work/one" --status cancelled --limit 1 --json | jq -r .order_id)
echo "{\"action\":\"charged\",\"payment_id\":\"pay-$order_id\",\"amount_cents\":100,\"reason\":null}" >>"$work/robbed/payments.ndjson"
! (expect_payments "$work/robbed") 2>/dev/null || fail "the check of the ledger finds nothing"

# Again: all is as it was, and nothing is done twice.
events=$(events_in "$work/one")
expect_status 0 "${demo[@]}" --data "$work/one" --in-flight 1 --stock-factor 2
check_result "$one"
[ "$(events_in "$work/one")" = "$events" ] || fail "the second run has stored something"

# A provider that fails and does not answer changes nothing but the time.
expect_status 0 "${demo[@]}" --data "$work/troubled" --in-flight 1 --stock-factor 2 \
  --payment-transient-percent 20 --payment-timeout-percent 5 --payment-deadline-ms 100 --retry-base-ms 5 --payment-attempts 50
check_result "$one"
expect_json "$work/out" '.retries > 0'
expect_payments "$work/troubled"

# One that declines gives the stock back to those behind.
expect_status 0 "${demo[@]}" --data "$work/limited" --in-flight 1 --stock-factor 2 --payment-limit-cents 100000
check_result "$(python3 "$expected" "$work/orders.ndjson" "$catalogue" 2 100000)"
expect_json "$work/out" '.cancelled.payment_declined > 0'
expect_payments "$work/limited"

# Many at a time: who gets the last piece is open, but nobody gets what is not there.
expect_status 0 "${demo[@]}" --data "$work/many" --in-flight 64 --stock-factor 2 --payment-limit-cents 200000 \
  --payment-transient-percent 20 --payment-timeout-percent 5 --payment-deadline-ms 200 --retry-base-ms 5 --payment-attempts 50
expect_json "$work/out" '.confirmed + .cancelled.out_of_stock + .cancelled.payment_declined + .cancelled.other == 250'
expect_json "$work/out" '.sagas.completed == .confirmed and .sagas.open == 0 and .sagas.stuck == 0 and .dead_letters == 0'
expect_payments "$work/many"
expect_stock "$work/many"
