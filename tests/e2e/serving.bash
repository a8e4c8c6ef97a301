# What the end-to-end tests of a node that serves share, beside common.bash.

ask_program=$(dirname "${BASH_SOURCE[0]}")/ask.py

# serve DIR [options…]: starts `order serve` on free ports and sets api, admin and background.
serve() {
  local data=$1
  shift
  : >"$work/serving"
  "$order" serve --data "$data" --listen 127.0.0.1:0 --admin 127.0.0.1:0 --json "$@" >"$work/serving" 2>"$work/serve.err" &
  background=$!
  until [ -s "$work/serving" ]; do
    kill -0 "$background" 2>/dev/null || fail "it does not serve: $(cat "$work/serve.err")"
  done
  api=http://$(jq -r .listen "$work/serving")
  admin=http://$(jq -r .admin "$work/serving")
}

# stop_serving STATUS: SIGTERM, and how it ended.
stop_serving() {
  local status=0
  kill -TERM "$background"
  wait "$background" || status=$?
  background=""
  [ "$status" -eq "$1" ] || fail "it ended with $status, not $1: $(cat "$work/serve.err")"
}

kill_serving() {
  kill -9 "$background"
  wait "$background" 2>/dev/null || true
  background=""
}

# ask STATUS METHOD URL [options of ask.py…]: the body goes to $work/out.
ask() {
  local wanted=$1 got
  shift
  python3 "$ask_program" "$@" >"$work/answer" || fail "no answer to $*"
  got=$(head -n 1 "$work/answer")
  tail -n +2 "$work/answer" >"$work/out"
  [ "$got" = "$wanted" ] || fail "'$*' was answered $got, not $wanted: $(cat "$work/out")"
}

# order_body [CUSTOMER]: the body of an order.
order_body() {
  jq -cn --arg customer "${1:-c-1}" '{customer_id: $customer, ordered_on: "2024-05-01", ship_name: "Ada", ship_country: "DE",
    items: [{sku: "sku-0001", quantity: 1, unit_price_cents: 250, discount_percent: 0}]}'
}
