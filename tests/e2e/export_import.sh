#!/usr/bin/env bash
# What is exported and imported has the same events at the same places, and the digest of every projection.
source "$(dirname "$0")/common.bash"

projections=(order_summary revenue_by_day stock_levels)

# expect_same DIR: an import of its export has the same lines and the same rows.
expect_same() {
  local data=$1 name digest
  rm -rf "$work/imported" "$work/export"
  expect_status 0 "$order" journal export "$work/export" --data "$data" --json
  expect_json "$work/out" ".events == $(events_in "$data") and .head == .events"
  expect_status 0 "$order" journal import "$work/export" --data "$work/imported" --json
  expect_json "$work/out" ".imported and .moved == 0 and .events == $(events_in "$data")"
  cmp "$work/export" <("$order" journal export --data "$work/imported") || fail "the lines are others"
  (cd "$work" && cmp export <("$order" journal export - --data "$work/imported") && [ ! -e - ]) || fail "- is no file"
  cmp <("$order" stream ls --data "$data" --json) <("$order" stream ls --data "$work/imported" --json) ||
    fail "the streams are others"
  for name in "${projections[@]}"; do
    digest=$("$order" projection digest "$name" --data "$data" --json | jq -r .digest)
    expect_status 0 "$order" projection rebuild "$name" --data "$work/imported" --json
    expect_json "$work/out" ".projection == \"$name\" and .digest == \"$digest\""
  done
  expect_status 0 "$tusker" journal verify --data "$work/imported"
}

"$order" demo --data "$work/made" --count 300 --stock-factor 10 --json >/dev/null
expect_same "$work/made"
source_dir=${SHARED_DATA:-/nowhere}/northwind
if [ -f "$source_dir/orders.ndjson" ]; then
  "$order" demo --data "$work/northwind" --catalogue "$source_dir/products.ndjson" \
    --orders "$source_dir/orders.ndjson" --json >/dev/null
  expect_same "$work/northwind"
else
  echo "SKIP: there is no $source_dir/orders.ndjson, so Northwind was not exported" >&2
fi

# What is gone keeps its place, and the rows are those of what is left; the content does not leave the journal.
article=$("$order" stream ls --data "$work/made" --category inventory --limit 1 --json | jq -r .stream)
expect_status 0 "$tusker" stream truncate "$article" --before 2 --yes --data "$work/made"
stream=$("$order" stream ls --data "$work/made" --category order --limit 1 --json | jq -r .stream)
expect_status 0 "$tusker" stream tombstone "$stream" --yes --data "$work/made"
for name in "${projections[@]}"; do
  expect_status 0 "$order" projection rebuild "$name" --data "$work/made"
done
expect_same "$work/made"
[ "$(jq -c "select(.stream == \"$stream\") | select(.gone != \"tombstoned\" or .content != null or .subject != \"\")" \
  "$work/export")" = "" ] || fail "what is gone is exported"
expect_status 3 "$order" stream read "$stream" --data "$work/imported"

# A part: filters and ranges.
"$order" journal export --data "$work/made" --type OrderCreated --json | jq -r .type | sort -u >"$work/out"
[ "$(cat "$work/out")" = OrderCreated ] || fail "not only OrderCreated: $(cat "$work/out")"
"$order" journal export --data "$work/made" --after 5 --until 9 | jq .position.offset | paste -sd ' ' >"$work/out"
[ "$(cat "$work/out")" = "6 7 8 9" ] || fail "not 6 to 9: $(cat "$work/out")"
"$order" journal export --data "$work/made" --category inventory >"$work/part"
expect_status 0 "$order" journal import "$work/part" --data "$work/parts" --json
expect_json "$work/out" '.moved > 0 and .streams > 10'
expect_status 3 "$order" journal export "$work/none" --stream order-none --data "$work/made"
[ ! -e "$work/none" ] || fail "an export of nothing has made a file"

# Wrong lines are told with their places, and nothing is imported; neither is anything by a trial.
sed -e '3s/"version":[0-9]*/"version":77/' -e '5s/.$//' "$work/export" >"$work/wrong"
expect_status 1 "$order" journal import "$work/wrong" --data "$work/half"
expect_text "$work/err" "$work/wrong:5: "
expect_text "$work/err" "malformed_line"
sed '3s/"version":[0-9]*/"version":77/' "$work/export" >"$work/wrong"
expect_status 1 "$order" journal import "$work/wrong" --data "$work/half" --json
expect_text "$work/err" "$work/wrong:3: version 77 of stream "
expect_status 0 "$order" journal import - --dry-run --data "$work/half" --json <"$work/export"
expect_json "$work/out" '.imported == false and .events > 300'
[ ! -e "$work/half" ] && [ ! -e "$work/half.partial" ] || fail "something was imported"
expect_status 2 "$order" journal import "$work/export" --data "$work/made"
expect_text "$work/err" "place_taken"
expect_status 3 "$order" journal import "$work/nothing" --data "$work/half"
expect_status 2 "$order" journal export "$work/export" --data "$work/made"
expect_text "$work/err" "is there already"
