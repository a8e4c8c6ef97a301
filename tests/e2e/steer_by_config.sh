#!/usr/bin/env bash
# A node that is wired by a file, with a token: verbs have it from a file too, and look on until what they asked for is done.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

"$order" demo --data "$work/data" --count 20 --seed 4 --json >"$work/demo"
"$order" mail --data "$work/data" --fail-percent 40 --retry-base-ms 0 >/dev/null 2>&1 || true
letters=$("$order" dead-letter ls --data "$work/data" --subscriber mailroom --json | wc -l)
[ "$letters" -gt 0 ] || fail "no letter was lost"

"$order" config reference --sample >"$work/order.toml"
TUSKER_ADMIN_TOKEN=by-config serve "$work/data" --config "$work/order.toml"

# Without the token nothing is to be had; the message says where it may stand.
expect_status 4 "$order" projection pause stock_levels --data "$work/data"
expect_text "$work/err" "TUSKER_ADMIN_TOKEN, or name it in the config: [admin] token"
printf '[admin]\ntoken = "wrong"\n[projection.stock_levels]\n' >"$work/wrong.toml"
expect_status 4 "$order" projection pause stock_levels --data "$work/data" --config "$work/wrong.toml"
printf '[admin]\ntoken = "by-config"\n[projection.stock_levels]\n' >"$work/token.toml"
expect_status 0 "$order" projection pause stock_levels --data "$work/data" --config "$work/token.toml" --json
expect_json "$work/out" '.mode == "paused"'
expect_status 0 "$order" projection resume stock_levels --data "$work/data" --config "$work/token.toml" --json
expect_status 0 "$order" top --once --data "$work/data" --config "$work/token.toml"
expect_status 0 "$order" top --once --at "${admin#http://}" --config "$work/token.toml"
# The environment goes before the file.
TUSKER_ADMIN_TOKEN=by-config expect_status 0 "$order" top --once --data "$work/data" --config "$work/wrong.toml"

# The node's mailroom loses no letters: all come through while the verb looks on.
expect_status 0 "$order" dead-letter retry --all --data "$work/data" --config "$work/token.toml" --json
expect_json "$work/out" ".chosen == $letters and .retried == $letters and .left == 0 and .delivered"
[ -z "$("$order" dead-letter ls --data "$work/data")" ] || fail "a dead letter is left"
# A subscriber that stands is told, and nobody waits for it.
expect_status 0 "$order" subscriber pause mailroom --data "$work/data" --config "$work/token.toml"
expect_status 0 "$order" dead-letter retry mailroom 1 --data "$work/data" --config "$work/token.toml" --json
expect_json "$work/out" '.retried == 0 and .left == 0'
stop_serving 0

# The shop's own variable is explained, and goes before the file.
sed '/^\[http\]/,/^#token/ s/^#token = ""/token = "of-the-file"/' "$work/order.toml" >"$work/http.toml"
ORDER_API_TOKEN=of-the-shop "$order" config explain --config "$work/http.toml" --json | grep '"section":"http","key":"token"' >"$work/out"
expect_json "$work/out" '.source == "environment ORDER_API_TOKEN" and .value == "\"(secret)\""'
ORDER_API_TOKEN=of-the-shop serve "$work/data" --config "$work/http.toml"
ask 401 GET "$api/orders" --header 'Authorization: Bearer of-the-file'
ask 200 GET "$api/orders" --header 'Authorization: Bearer of-the-shop'
stop_serving 0
