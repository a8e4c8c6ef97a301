#!/usr/bin/env bash
# `order serve` past its limits: who is refused is told so, nothing of it is stored, and nobody's token is shown.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

# Nobody else's addresses without a token; wrong addresses are told beside the flag. Nothing is left behind.
expect_status 2 "$order" serve --data "$work/none" --listen 0.0.0.0:0
expect_text "$work/err" "without one only loopback is bound"
expect_status 2 "$order" serve --data "$work/none" --admin 0.0.0.0:0
expect_status 2 "$order" serve --data "$work/none" --listen example.org:80
expect_text "$work/err" "--listen"
[ ! -e "$work/none" ] || fail "a folder was left behind"

# With tokens, each its own.
ORDER_API_TOKEN=tea-for-two TUSKER_ADMIN_TOKEN=elephant serve "$work/data" --place-only
ask 401 GET "$api/orders"
ask 401 POST "$api/orders" --body "$(order_body)" --header 'Authorization: Bearer tea-for-tw'
ask 401 POST "$api/orders" --body "$(order_body)" --header 'Authorization: Bearer elephant'
# Whoever has no token, or wants what is not there, is not waited for with a body.
python3 "$ask_program" GET "$api/" --raw 'POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 401 "
python3 "$ask_program" GET "$api/" --raw 'PUT /orders HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer tea-for-two\r\nContent-Length: 10\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 405 "
[ "$(events_in "$work/data")" -eq 100 ] || fail "an order without the token was stored"
ask 201 POST "$api/orders" --body "$(order_body)" --header 'Authorization: Bearer tea-for-two'
# Who has the token may be asked for by any name, by a page too; a body is JSON all the same.
page=(--header 'Origin: https://shop.example' --header 'Host: shop.example' --header 'Authorization: Bearer tea-for-two')
ask 200 GET "$api/orders" "${page[@]}"
ask 415 POST "$api/orders" --body "$(order_body)" --header 'Content-Type: text/plain' "${page[@]}"
ask 200 GET "$admin/health"
ask 401 GET "$admin/metrics"
ask 200 GET "$admin/metrics" --header 'Authorization: Bearer elephant'
expect_status 4 "$order" top --data "$work/data" --once
expect_text "$work/err" "TUSKER_ADMIN_TOKEN"
TUSKER_ADMIN_TOKEN=wrong expect_status 4 "$order" projection pause order_summary --data "$work/data"
TUSKER_ADMIN_TOKEN=elephant expect_status 0 "$order" projection pause order_summary --data "$work/data" --json
expect_json "$work/out" '.mode == "paused"'
TUSKER_ADMIN_TOKEN=elephant expect_status 0 "$order" top --data "$work/data" --once
stop_serving 0
! grep -rqE "tea-for-two|elephant" "$work/serve.err" "$work/data/admin" "$work/serving" 2>/dev/null || fail "a token is shown"

# Slow clients are cut, and a body past its limit.
serve "$work/data" --place-only --read-timeout-ms 200 --body-bytes-max 1000
python3 "$ask_program" GET "$api/" --raw 'POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{' >"$work/out"
expect_text "$work/out" "HTTP/1.1 408 "
python3 "$ask_program" GET "$api/" --raw 'POST /orders HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n' >"$work/out"
expect_text "$work/out" "HTTP/1.1 413 "
stop_serving 0

# More than may be under way: 429 with a time to come again, and of those nothing is stored.
serve "$work/busy" --place-only --commands-max 1
python3 "$ask_program" POST "$api/orders" --repeat 64 --body "$(order_body c-@)" >"$work/out"
placed=$(grep -c '^201 -$' "$work/out") || true
refused=$(grep -c '^429 1$' "$work/out") || true
[ $((placed + refused)) -eq 64 ] || fail "other answers: $(sort "$work/out" | uniq -c)"
[ "$placed" -gt 0 ] && [ "$refused" -gt 0 ] || fail "$placed placed, $refused refused"
stored=$("$order" events --data "$work/busy" --type OrderCreated --json | wc -l)
[ "$stored" -eq "$placed" ] || fail "$placed orders were acknowledged, $stored are stored"
stop_serving 0
