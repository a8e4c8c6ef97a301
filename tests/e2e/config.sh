#!/usr/bin/env bash
# Programs are wired by a config file: what it says runs and nothing else, the flag goes before the environment and that
# before the file, everything is explained, and the pages that come from the code are those of the code.
source "$(dirname "$0")/common.bash"
root=$(cd "$(dirname "$0")/../.." && pwd)
export TUSKER_CONFIG=

# What is written from the code is in the tree as the code writes it.
cmp <("$order" config reference --sample) "$root/apps/order/order.toml" ||
  fail "apps/order/order.toml is not what 'order config reference --sample' writes"
cmp "$BIN_DIR/order.toml" "$root/apps/order/order.toml" || fail "the sample beside the program is another one"
cmp <("$order" config reference) <(sed '1,/^<!-- from here on/d' "$root/docs/config.md") ||
  fail "docs/config.md does not end with what 'order config reference' writes"
cmp <("$order" config reference) <("$tusker" config reference) || fail "the programs have other references"

# The sample is right, and all five hooks are at work.
cd "$work" # relative paths of the sample begin here
expect_status 0 "$order" config check --config "$BIN_DIR/order.toml"
expect_text "$work/out" "runs projection order_summary, revenue_by_day, stock_levels"
# A variable that is meant for an option and is none's is told.
TUSKER_CQRS_QUERY_WORKERZ=3 expect_status 0 "$order" config check
expect_text "$work/out" "ignores the environment's TUSKER_CQRS_QUERY_WORKERZ (did you mean TUSKER_CQRS_QUERY_WORKERS?)"
TUSKER_CQRS_QUERY_WORKERS=3 expect_status 0 "$order" config check --json
expect_json "$work/out" '.ignored_variables | index("TUSKER_CQRS_QUERY_WORKERS") == null'
"$order" config explain --config "$BIN_DIR/order.toml" --json >"$work/explained"
for hooked in '"90d":receipts_kept:events.ConfigureEventStore' '2:consumers:events.ConfigureMessageQueue' \
  '5000:commit_events_max:events.ConfigureProjections' '5:retry_attempts_max:events.ConfigureSagas' \
  '50:snapshot_every_events:events.ConfigureReplay'; do
  IFS=: read -r value key function <<<"$hooked"
  jq -s -e --arg key "$key" --arg value "$value" --arg from "function $function" \
    'any(.key == $key and .value == $value and .source == $from and .origin == "function")' \
    "$work/explained" >/dev/null || fail "$function did not set $key to $value"
done

# A run by the sample: orders are fulfilled, and letters written, which nobody does without a file.
export ORDER_DATA=$work/shop
expect_status 0 "$order" demo --config "$BIN_DIR/order.toml" --count 40 --seed 3 --json
expect_json "$work/out" '.placed == 40 and .verified == 40 and .data == env.ORDER_DATA'
[ "$(wc -l <"$work/shop/mail.txt")" -eq 40 ] || fail "not each order has its letter"
# Verbs that look at it find the data by the file, and by the variable that names the file.
expect_status 0 "$order" list --config "$BIN_DIR/order.toml" --json
[ "$(wc -l <"$work/out")" -eq 40 ] || fail "not all orders are listed"
TUSKER_CONFIG=$BIN_DIR/order.toml expect_status 0 "$order" projection ls --json
[ "$(wc -l <"$work/out")" -eq 3 ] || fail "not all projections are listed"
TUSKER_CONFIG=$BIN_DIR/order.toml expect_status 0 "$tusker" journal info --json
# The flag goes before the file.
TUSKER_CONFIG=$BIN_DIR/order.toml expect_status 3 "$order" list --data "$work/elsewhere"

# Taking a section out takes the part out of the run.
cat >"$work/less.toml" <<'TOML'
[event_store]
directory = '@env("ORDER_DATA")'
[aggregate.order]
[aggregate.inventory]
[projection.order_summary]
commit_events_max = 10
[projection.revenue_by_day]
enabled = false
TOML
export ORDER_DATA=$work/less
expect_status 0 "$order" demo --config "$work/less.toml" --count 20 --seed 3 --json
expect_json "$work/out" '.placed == 20 and .verified == 20'
[ ! -e "$work/less/mail.txt" ] || fail "letters were written"
"$order" projection ls --data "$work/less" --json >"$work/out"
[ "$(jq -r .projection "$work/out")" = order_summary ] || fail "there are rows of others: $(cat "$work/out")"
[ -z "$("$order" saga ls --data "$work/less" --json)" ] || fail "there are sagas"
expect_status 2 "$order" projection rebuild revenue_by_day --config "$work/less.toml"
expect_text "$work/err" "projection 'revenue_by_day' is left out by $work/less.toml"
expect_status 2 "$order" mail --config "$work/less.toml"
expect_text "$work/err" "queue 'mailroom' is left out by $work/less.toml"
expect_status 0 "$order" projection rebuild order_summary --config "$work/less.toml" --json

# Flag, environment, file, default.
cat >"$work/workers.toml" <<'TOML'
[cqrs]
worker_threads = 3
[admin]
token = '@env.secure("ADMIN_TOKEN")'
TOML
export ADMIN_TOKEN=hunter2
source_of() {
  "$order" config explain --config "$work/workers.toml" --json "${@:2}" |
    jq -r "select(.section + \".\" + .key == \"$1\") | .value + \" \" + .source"
}
[ "$(source_of cqrs.worker_threads)" = "3 $work/workers.toml:2:18" ] || fail "the file"
[ "$(TUSKER_CQRS_WORKER_THREADS=4 source_of cqrs.worker_threads)" = "4 environment TUSKER_CQRS_WORKER_THREADS" ] ||
  fail "the environment"
[ "$(TUSKER_CQRS_WORKER_THREADS=4 source_of cqrs.worker_threads --set cqrs.worker_threads=5)" = \
  "5 flag --set cqrs.worker_threads" ] || fail "the flag"
[ "$(source_of event_store.directory --data "$work/there")" = "\"$work/there\" flag --data" ] || fail "--data"
[ "$(TUSKER_CQRS_WORKER_THREADS=4 source_of cqrs.worker_threads --worker-threads 6)" = "6 flag --worker-threads" ] ||
  fail "the flag of its own"
[ "$(source_of http.listen --listen 127.0.0.1:9)" = '"127.0.0.1:9" flag --listen' ] || fail "the flag of a server"
expect_status 2 "$order" config explain --worker-threads many
expect_text "$work/err" "--worker-threads: "
[ "$(source_of cqrs.query_workers)" = "2 default" ] || fail "the default"

# Secrets show nowhere.
[ "$(source_of admin.token)" = "\"(secret)\" $work/workers.toml:4:9, environment ADMIN_TOKEN" ] || fail "the secret"
for how in text json; do
  "$order" config explain --config "$work/workers.toml" $([ $how = json ] && echo --json) >"$work/out" 2>&1
  ! grep -q hunter2 "$work/out" || fail "the secret is shown"
done
expect_status 2 "$order" config check --set admin.token=hunter2
expect_text "$work/err" "--set admin.token: expected no secret on a command line"
! grep -q hunter2 "$work/err" || fail "the secret is shown"

# A saga without its aggregates, and a shop without orders, are refused before anything is made.
printf '[saga.fulfilment]\n' >"$work/saga.toml"
expect_status 2 "$order" config check --config "$work/saga.toml"
expect_text "$work/err" "$work/saga.toml:1:7: saga 'fulfilment' needs aggregate 'order', which is left out"
expect_status 2 "$order" serve --data "$work/open" --config "$work/saga.toml"
: >"$work/nothing.toml"
for verb in serve demo; do
  expect_status 2 "$order" $verb --data "$work/open" --config "$work/nothing.toml"
  expect_text "$work/err" "the shop needs aggregate 'order', which is left out by $work/nothing.toml"
done

# What a script left empty takes no token and no file away.
TUSKER_ADMIN_TOKEN='' expect_status 2 "$order" serve --data "$work/open" --config "$work/workers.toml"
expect_text "$work/err" "environment TUSKER_ADMIN_TOKEN: token: expected a secret"
ORDER_API_TOKEN='' expect_status 2 "$order" serve --data "$work/open"
expect_text "$work/err" "environment ORDER_API_TOKEN is empty"
expect_status 2 "$order" serve --data "$work/open" --config ""
expect_text "$work/err" "--config: expected the name of a file"
[ ! -e "$work/open" ] || fail "a journal was made"

# What is wrong is one line each with its place, on every verb, and nothing is done.
printf '[event_store]\nshard = 4\n[cqrs]\nquery_timeout = 10\n' >"$work/wrong.toml"
expect_status 2 "$order" config check --config "$work/wrong.toml"
[ "$(wc -l <"$work/err")" -eq 2 ] || fail "not a line each: $(cat "$work/err")"
expect_text "$work/err" "$work/wrong.toml:2:1: there is no key 'shard' in [event_store]; did you mean 'shards'?"
expect_status 2 "$order" demo --config "$work/wrong.toml" --data "$work/none" --json
head -n 1 "$work/err" | jq -e '.line == 2 and .column == 1 and .error == "config"' >/dev/null || fail "no JSON"
[ ! -e "$work/none" ] || fail "a journal was made"
expect_status 2 "$order" config check --config "$work/no.toml"
expect_text "$work/err" "$work/no.toml: the file $work/no.toml is not there"
expect_status 2 "$order" list
expect_text "$work/err" "--data is required, or a config that says [event_store] directory (see order list --help)"

# The shop as a service is wired by the same file: where it listens, its token, who runs, and its log as JSON.
source "$root/tests/e2e/serving.bash"
cat >"$work/serve.toml" <<'TOML'
[log]
level = "info"
format = "json"
[http]
listen = "127.0.0.1:0"
token = '@env.secure("SHOP_TOKEN")'
[admin]
listen = "127.0.0.1:0"
[aggregate.order]
[aggregate.inventory]
[projection.order_summary]
TOML
export SHOP_TOKEN=tea-for-two
"$order" serve --data "$work/served" --config "$work/serve.toml" --json >"$work/serving" 2>"$work/serve.err" &
background=$!
until [ -s "$work/serving" ]; do
  kill -0 "$background" 2>/dev/null || fail "it does not serve: $(cat "$work/serve.err")"
done
api=http://$(jq -r .listen "$work/serving")
ask 401 POST "$api/orders" --body "$(order_body)"
ask 201 POST "$api/orders" --body "$(order_body)" --header 'Authorization: Bearer tea-for-two'
stop_serving 0
jq -s -e 'any(.component == "http" and .message == "the shop is open") and all(has("time") and has("level"))' \
  "$work/serve.err" >/dev/null || fail "the log is not as the file says: $(cat "$work/serve.err")"
! grep -q tea-for-two "$work/serve.err" || fail "a token is in the log"
