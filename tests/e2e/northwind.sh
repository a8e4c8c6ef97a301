#!/usr/bin/env bash
# The Northwind sample database: 830 real orders are placed, and what is stored is what the file says.
source "$(dirname "$0")/common.bash"

source_dir=${SHARED_DATA:-/nowhere}/northwind
if [ ! -f "$source_dir/orders.ndjson" ]; then
  echo "SKIP: NOTHING WAS CHECKED: there is no $source_dir/orders.ndjson" >&2
  exit 77
fi
demo=("$order" demo --place-only --data "$work/data" --catalogue "$source_dir/products.ndjson" --orders "$source_dir/orders.ndjson")

expect_status 0 "${demo[@]}" --json
expect_json "$work/out" '.orders == 830 and .placed == 830 and .duplicates == 0 and .rejected == 0 and .failed == 0'
expect_json "$work/out" '.malformed == 0 and .verified == 830 and .events == 907'
cat "$work/out"

expect_status 0 "${demo[@]}" --json
expect_json "$work/out" '.orders == 830 and .placed == 0 and .duplicates == 830 and .events == 0 and .verified == 830'
[ "$(events_in "$work/data")" = 907 ] || fail "the second run has stored something"

expect_status 0 "${demo[@]}"
expect_text "$work/out" "All 830 orders were read back equal"

# Every 17th order, by the other program's way of reading: each of its fields is the input's.
compared=0
while IFS= read -r line; do
  id=$(jq -r .order_id <<<"$line")
  stored=$("$order" show "$id" --data "$work/data" --json)
  [ "$(jq -cS 'del(.status, .version, .payment_id, .cancel_reason)' <<<"$stored")" = "$(jq -cS . <<<"$line")" ] ||
    fail "$id is stored as $stored, the input is $line"
  [ "$(jq -r '"\(.status) \(.version)"' <<<"$stored")" = "pending 1" ] || fail "$id is not as new: $stored"
  compared=$((compared + 1))
done < <(awk 'NR % 17 == 1' "$source_dir/orders.ndjson")
[ "$compared" -eq 49 ] || fail "$compared orders were compared, not 49"

# The stock is the catalogue's, and the subject of an order's events is its customer.
"$tusker" stream read inventory-NW-001 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.type == "StockReceived" and .content.quantity == 39 and .content.unit_price_cents == 1800'
"$order" history nw-10248 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.type == "OrderCreated" and .subject == "VINET" and .command_id != null'

# The rows are the file's, and a rebuild makes the same rows. The control: a file with one order less is another report.
expect_report "$work/data" "$source_dir/orders.ndjson"
expect_json "$work/report" '.orders == 830 and (.customers | length) == 89 and .behind == 0'
head -n 829 "$source_dir/orders.ndjson" >"$work/shorter.ndjson"
python3 "$(dirname "$0")/expected_report.py" "$work/shorter.ndjson" >"$work/expected"
! cmp -s <(jq -S . "$work/report") <(jq -S . "$work/expected") || fail "the check of the report finds nothing"
expect_rebuilds "$work/data"

# Lists: of a customer, the newest first, as the file has them.
"$order" list --data "$work/data" --customer VINET --json >"$work/out"
[ "$(jq -r .order_id "$work/out")" = "$(jq -r 'select(.customer_id == "VINET") | [.ordered_on, .order_id] | @tsv' \
  "$source_dir/orders.ndjson" | sort -r | cut -f 2)" ] || fail "not the orders of VINET, the newest first"
[ "$("$order" list --data "$work/data" --json | wc -l)" -eq 830 ] || fail "not all orders are listed"
[ "$("$order" list --data "$work/data" --status confirmed --json | wc -l)" -eq 0 ] || fail "an order is confirmed"
[ "$("$order" events --data "$work/data" --type OrderCreated --json | wc -l)" -eq 830 ] || fail "not all events"
