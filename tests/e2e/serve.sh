#!/usr/bin/env bash
# `order serve`: orders over HTTP, once each whatever happens, beside whoever watches the node.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

serve "$work/data"
[ "$(stat -c %a "$work/data/admin")" = 600 ] || fail "others may read where the node is"

# Place, show, list, cancel.
ask 201 POST "$api/orders" --body "$(order_body c-1)"
expect_json "$work/out" '.status == "pending" and .version == 1 and (.order_id | startswith("web-"))'
id=$(jq -r .order_id "$work/out")
ask 200 GET "$api/orders/$id"
expect_json "$work/out" ".order_id == \"$id\" and .customer_id == \"c-1\" and .total_cents == 250 and .version >= 1"
ask 404 GET "$api/orders/none"
expect_json "$work/out" '.error == "not_found"'
until ask 200 GET "$api/orders/$id" && jq -e '.status == "confirmed"' "$work/out" >/dev/null; do :; done
ask 200 GET "$api/orders?customer=c-1&status=confirmed&limit=5"
until jq -e ".orders | length == 1 and .[0].order_id == \"$id\"" "$work/out" >/dev/null; do
  ask 200 GET "$api/orders?customer=c-1&status=confirmed&limit=5"
done
ask 200 GET "$api/orders?customer=nobody"
expect_json "$work/out" '.orders == [] and .next == null'
ask 409 POST "$api/orders/$id/cancel" --body '{"reason":"late"}'
expect_json "$work/out" '.rejection == "OrderAlreadyClosed" and .content.status == "confirmed"'
ask 404 POST "$api/orders/none/cancel"

# What is wrong, and where.
ask 400 POST "$api/orders" --body '{"customer_id": 7}'
ask 400 POST "$api/orders" --body "$(order_body | jq -c '.items[0].quantity = 0')"
expect_text "$work/out" "items[0]: quantity 0 is not within 1 to 1000000"
ask 400 POST "$api/orders" --body "$(order_body | jq -c '.total_cents = 1')"
expect_text "$work/out" "total_cents is 1, the items add up to 250"
ask 400 POST "$api/orders" --body "$(order_body)" --header 'Idempotency-Key: a b'
ask 400 GET "$api/orders?status=pendin"
expect_text "$work/out" "did you mean 'pending'?"
ask 400 GET "$api/orders?limit=none"
ask 404 GET "$api/nothing"
ask 405 DELETE "$api/orders/$id"

# What a web page that is looked at on this machine could be made to send.
ask 403 POST "$api/orders" --body "$(order_body)" --header 'Origin: http://evil.example'
ask 403 GET "$api/orders" --header 'Host: evil.example:8080'
ask 415 POST "$api/orders" --body "$(order_body)" --header 'Content-Type: text/plain'
expect_text "$work/out" "the body has the content-type 'text/plain'; it must be 'application/json'"

# Nothing of all that was stored; every number of the node says the same.
before=$(events_in "$work/data")
python3 "$ask_program" GET "$api/" --raw 'POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 413 "
python3 "$ask_program" GET "$api/" --raw 'hello\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 400 "
python3 "$ask_program" GET "$api/" --raw 'POST /orders HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 411 "
[ "$(events_in "$work/data")" -eq "$before" ] || fail "a request that was refused is stored"

# The endpoint beside it.
ask 200 GET "$admin/health"
ask 200 GET "$admin/ready"
ask 200 GET "$admin/metrics"
expect_text "$work/out" 'events_appended_total{aggregate_type="order"}'
if command -v promtool >/dev/null; then
  promtool check metrics <"$work/out" >"$work/promtool" 2>&1 || fail "promtool: $(cat "$work/promtool")"
  [ ! -s "$work/promtool" ] || fail "promtool: $(cat "$work/promtool")"
  # What it must find: a counter without its ending, a metric without a help.
  ! printf '# TYPE broken counter\nbroken 1\n' | promtool check metrics >/dev/null 2>&1 || fail "promtool finds nothing"
fi
"$order" top --data "$work/data" --once >"$work/out"
expect_text "$work/out" "order_summary"
"$tusker" top --at "${admin#http://}" --json >"$work/out"
expect_json "$work/out" '.stats.executed > 0 and .events_by_type.order > 0 and (.projections | length) == 3'

for end in q INT TERM; do
  expect_status 0 python3 "$(dirname "$0")/top_terminal.py" "$end" "$order" top --data "$work/data" --interval-ms 100
done

# SIGTERM: everything is answered and stored, and the journal is free.
stop_serving 0
[ ! -e "$work/data/admin" ] || fail "the address is still there"
"$order" show "$id" --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.status == "confirmed"'
expect_status 3 "$order" top --data "$work/data" --once
expect_status 0 "$order" journal verify --data "$work/data"
