#!/usr/bin/env bash
# An order that is sent again under its key is placed once and answered the same: at once, after a restart, after a kill.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

key=(--header 'Idempotency-Key: 7f0c1d5a-first' --body "$(order_body c-1)")
timed=(--header "Idempotency-Key: $(python3 -c '
import os, time
ms = int(time.time() * 1000)
h = (ms << 80 | 7 << 76 | int.from_bytes(os.urandom(2), "big") >> 4 << 64 | 2 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)
t = f"{h:032x}"
print(f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}")')" --body "$(order_body c-2)")

serve "$work/data" --place-only
ask 201 POST "$api/orders" "${key[@]}"
cp "$work/out" "$work/first"
ask 201 POST "$api/orders" "${timed[@]}"
cp "$work/out" "$work/second"
# An answer that nobody heard is no reason for another order.
for _ in 1 2 3; do
  ask 201 POST "$api/orders" "${key[@]}"
  cmp "$work/out" "$work/first" || fail "another answer"
done
# The key is that of this order: another one is not placed under it.
ask 422 POST "$api/orders" --header 'Idempotency-Key: 7f0c1d5a-first' --body "$(order_body c-3)"
expect_json "$work/out" '.error == "command_id_reused"'
# So it is for an order that brings its id.
own() { order_body c-4 | jq -c --arg id "$1" '.order_id = $id'; }
named=(--header 'Idempotency-Key: 7f0c1d5a-named')
expect_bound() {
  ask 201 POST "$api/orders" "${named[@]}" --body "$(own my-1)"
  [ ! -e "$work/named" ] || cmp "$work/out" "$work/named" || fail "another answer"
  cp "$work/out" "$work/named"
  ask 422 POST "$api/orders" "${named[@]}" --body "$(own my-2)"
  ask 422 POST "$api/orders" "${named[@]}" --body "$(order_body c-4)"
  ask 404 GET "$api/orders/my-2"
}
expect_bound
stop_serving 0

serve "$work/data" --place-only
ask 201 POST "$api/orders" "${key[@]}"
cmp "$work/out" "$work/first" || fail "another answer after a restart"
expect_bound
kill_serving

[ -e "$work/data/admin" ] || fail "the address that a killed node left is what this is about"
serve "$work/data" --place-only
ask 201 POST "$api/orders" "${key[@]}"
cmp "$work/out" "$work/first" || fail "another answer after a kill"
ask 201 POST "$api/orders" "${timed[@]}"
cmp "$work/out" "$work/second" || fail "another answer after a kill"
expect_bound
orders=$("$order" events --data "$work/data" --type OrderCreated --json | wc -l)
[ "$orders" -eq 3 ] || fail "$orders orders were placed, not 3"

# A refusal is the same too, and expected versions are told.
id=$(jq -r .order_id "$work/first")
ask 409 POST "$api/orders/$id/cancel" --header 'If-Match: "7"'
expect_json "$work/out" '.error == "version_conflict" and .expected == 7 and .actual == 1'
ask 409 POST "$api/orders/$id/cancel" --body '{"expected_version": 3}'
ask 400 POST "$api/orders/$id/cancel" --header 'If-Match: W/"1"'
ask 200 POST "$api/orders/$id/cancel" --header 'If-Match: "1"' --header 'Idempotency-Key: c' --body '{"reason":"late"}'
cp "$work/out" "$work/cancelled"
expect_json "$work/out" '.status == "cancelled" and .version == 2'
ask 200 POST "$api/orders/$id/cancel" --header 'If-Match: "1"' --header 'Idempotency-Key: c' --body '{"reason":"late"}'
cmp "$work/out" "$work/cancelled" || fail "another answer to a cancellation"
stop_serving 0

# Kills while orders come in: each that was acknowledged is there once, each is answered the same afterwards.
for round in 1 2 3; do
  serve "$work/kills" --place-only
  : >"$work/acked"
  python3 - "$api" "$round" "$(order_body c-9)" >"$work/acked" <<'PY' &
import http.client, sys
from urllib.parse import urlsplit
url = urlsplit(sys.argv[1])
number = 0
try:
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
    while True:
        number += 1
        key = f"{sys.argv[2]}-{number}"
        connection.request("POST", "/orders", body=sys.argv[3].encode(), headers={"Content-Type": "application/json", "Idempotency-Key": key})
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 201, text
        print(key, text, flush=True)
except (OSError, http.client.HTTPException):
    pass
PY
  client=$!
  until [ "$(wc -l <"$work/acked")" -ge 40 ]; do kill -0 "$background" || fail "it ended by itself"; done
  kill_serving
  wait "$client"
  serve "$work/kills" --place-only
  while read -r acked_key answer; do
    ask 201 POST "$api/orders" --header "Idempotency-Key: $acked_key" --body "$(order_body c-9)"
    [ "$(cat "$work/out")" = "$answer" ] || fail "$acked_key is answered otherwise after the kill"
  done < <(tail -n 5 "$work/acked")
  stop_serving 0
  cut -d' ' -f2- "$work/acked" | jq -r .order_id | sort >"$work/acked_ids"
  "$order" events --data "$work/kills" --type OrderCreated --json | jq -r .content.order_id | sort >"$work/stored_ids"
  [ -z "$(comm -23 "$work/acked_ids" "$work/stored_ids")" ] || fail "an order that was acknowledged is not there"
  [ -z "$(uniq -d "$work/stored_ids")" ] || fail "an order was placed twice"
done
