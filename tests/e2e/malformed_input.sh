#!/usr/bin/env bash
# Lines that are no orders are told with file, line and reason; the others are placed; the exit status says so.
source "$(dirname "$0")/common.bash"

# order_line ID TOTAL: an order of two units for 50 cents each; its right total is 100.
order_line() {
  printf '{"order_id":"%s","customer_id":"c-1","ordered_on":"2025-03-01","ship_name":"Zoë","ship_country":"France",' "$1"
  printf '"items":[{"sku":"s-1","quantity":2,"unit_price_cents":50,"discount_percent":0}],"total_cents":%s}\n' "$2"
}

input=$work/orders.ndjson
{
  printf '\xEF\xBB\xBF'
  order_line a-1 100                            # 1, behind a byte order mark
  echo                                          # 2, blank
  echo '{"order_id":"a-2"'                      # 3, cut off
  order_line a-3 100 | sed 's/"s-1"/17/'        # 4, a number where a text belongs
  printf '%s\r\n' "$(order_line a-5 100)"       # 5, a Windows line end
  head -c 1100000 /dev/zero | tr '\0' ' '       # 6, too long
  echo
  printf '{"order_id":"\xFF"}\n'                # 7, not UTF-8
  order_line a-8 99                             # 8, rejected: the total is wrong
  order_line a-1 100                            # 9, again: a duplicate
  order_line a-5 100 | sed 's/Zoë/Zoe/'         # 10, another order under the same id
  echo '[]'                                     # 11
  printf '%s' "$(order_line a-12 100)"          # 12, without an end of line
} >"$input"

expect_status 1 "$order" demo --place-only --data "$work/data" --orders "$input" --json
expect_json "$work/out" '.orders == 6 and .placed == 3 and .duplicates == 1 and .rejected == 1 and .failed == 1'
expect_json "$work/out" '.malformed == 5 and .verified == 4 and .events == 3'
expect_text "$work/err" "$input:3: "
expect_text "$work/err" "$input:4: PlaceOrder.items[0].sku"
expect_text "$work/err" "$input:6: the line has more than 1048576 bytes"
expect_text "$work/err" "$input:7: "
expect_text "$work/err" "$input:8: order 'a-8': rejected: InvalidOrder"
expect_text "$work/err" "$input:10: order 'a-5': command_id_reused"
expect_text "$work/err" "$input:11: "
[ "$(wc -l <"$work/err")" -eq 7 ] || fail "not 7 messages: $(cat "$work/err")"

for id in a-1 a-5 a-12; do
  [ "$("$order" show "$id" --data "$work/data" --json | jq -r .ship_name)" = Zoë ] || fail "$id is not stored as placed"
done
expect_status 3 "$order" show a-8 --data "$work/data"

# The table says it too, and the second time all that was placed is a duplicate.
expect_status 1 "$order" demo --place-only --data "$work/data" --orders "$input"
expect_text "$work/out" "✘ 4 of 6 orders"
expect_text "$work/out" "Malformed lines"

# Only the first twenty are told one by one.
seq 50 | sed 's/.*/no order/' >"$input"
expect_status 1 "$order" demo --place-only --orders "$input" --json
expect_json "$work/out" '.orders == 0 and .malformed == 50'
expect_text "$work/err" "… and 30 more malformed lines"
[ "$(wc -l <"$work/err")" -eq 21 ] || fail "not 21 messages: $(cat "$work/err")"

# The same holds for the catalogue.
{
  echo '{"sku":"x-1","name":"X","unit_price_cents":5,"units_in_stock":7}'
  echo '{"sku":"x-2"}'
} >"$work/catalogue.ndjson"
expect_status 1 "$order" demo --place-only --data "$work/data2" --catalogue "$work/catalogue.ndjson" --count 10 --json
expect_json "$work/out" '.placed == 10 and .malformed == 1 and .events == 11'
expect_text "$work/err" "catalogue.ndjson:2: Product"
