#!/usr/bin/env bash
# kill -9 again and again while sagas fulfil orders; each incarnation gets further, and goes on by itself with what the
# last one left. In the end all is as if nothing had happened. With TUSKER_SOAK=1 fifty kills each.
source "$(dirname "$0")/common.bash"

kills=8
kills_least=1
count=150
[ -z "${TUSKER_SOAK:-}" ] || { kills=50 && kills_least=25 && count=1500; }
RANDOM=4711
# A process that is dead, or waits for a processor, answers no payment: there are attempts for all of that.
trouble=(--payment-transient-percent 20 --payment-timeout-percent 5 --payment-deadline-ms 100 --retry-base-ms 5
  --payment-attempts 200 --payment-limit-cents 200000 --catalogue "$work/catalogue.ndjson")

# A catalogue of the generated articles, of which there is not enough for all.
expect_status 0 "$order" demo --place-only --data "$work/articles" --count 1 --seed 7 --json
"$order" events --data "$work/articles" --type StockReceived --json |
  jq -c --argjson units $((count / 12)) \
    '.content | {sku, name, unit_price_cents, units_in_stock: $units}' >"$work/catalogue.ndjson"

# kill_and_finish DIR ARGUMENTS…: the demo, killed so often at seeded numbers of events, and then to its end.
kill_and_finish() {
  local data=$1 seen=0 done_kills=0 target status
  shift
  local demo=("$order" demo --data "$data" --count "$count" --seed 7 --json "${trouble[@]}" "$@")
  while [ "$done_kills" -lt "$kills" ]; do
    "${demo[@]}" >"$work/out" 2>"$work/err" &
    background=$!
    target=$((seen + 20 + RANDOM % 80))
    while kill -0 "$background" 2>/dev/null && [ "$(events_in "$data")" -le "$target" ]; do :; done
    kill -9 "$background" 2>/dev/null || true
    status=0
    wait "$background" 2>/dev/null || status=$?
    background=""
    [ "$status" -eq 137 ] || break # it was done before its time
    seen=$(events_in "$data")
    done_kills=$((done_kills + 1))
  done
  # On a busy machine the demo gets far between two looks at its events: fewer kills, and still kills.
  [ "$done_kills" -ge "$kills_least" ] || fail "it was killed $done_kills times only"
  expect_status 0 "${demo[@]}"
  expect_json "$work/out" ".orders == $count and .sagas.open == 0 and .sagas.stuck == 0 and .dead_letters == 0"
  expect_payments "$data"
  expect_stock "$data"
}

expect_status 0 "$order" demo --data "$work/calm" --count "$count" --seed 7 --json "${trouble[@]}" --in-flight 1
expect_json "$work/out" '.confirmed > 0 and .cancelled.out_of_stock > 0 and .cancelled.payment_declined > 0 and .retries > 0'
result='{confirmed, cancelled, revenue_cents, stock_left, sagas}'
calm=$(jq -cS "$result" "$work/out")
kill_and_finish "$work/one" --in-flight 1
[ "$(jq -cS "$result" "$work/out")" = "$calm" ] || fail "with kills $(jq -cS "$result" "$work/out"), without $calm"

kill_and_finish "$work/many" --in-flight 64
expect_json "$work/out" ".sagas.completed == .confirmed and .confirmed + .cancelled.out_of_stock + .cancelled.payment_declined + .cancelled.other == $count"
echo "$calm"
