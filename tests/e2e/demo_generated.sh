#!/usr/bin/env bash
# Generated orders are placed and read back; a second run on the same data places nothing new.
source "$(dirname "$0")/common.bash"

expect_status 0 "$order" demo --place-only --data "$work/data" --count 500 --seed 3 --json
expect_json "$work/out" '.orders == 500 and .placed == 500 and .duplicates == 0 and .rejected == 0 and .failed == 0'
expect_json "$work/out" '.malformed == 0 and .verified == 500 and .events == 600 and .seconds > 0'
expect_json "$work/out" '.orders_per_second > 0 and .p50_ms > 0 and .p99_ms >= .p50_ms and .mean_batch >= 1'
expect_json "$work/out" '.peak_live_actors >= 500 and .peak_live_actors <= 600 and .rss_anon_mb > 1'
expect_json "$work/out" ".data == \"$work/data\""
[ "$(stat -c %a "$work/data")" = 700 ] || fail "the data folder is not private"
[ ! -s "$work/err" ] || fail "there is something on standard error: $(cat "$work/err")"

expect_status 0 "$order" demo --place-only --data "$work/data" --count 500 --seed 3 --json
expect_json "$work/out" '.orders == 500 and .placed == 0 and .duplicates == 500 and .events == 0 and .verified == 500'

# More of the same seed: the first orders are duplicates, the others are new.
expect_status 0 "$order" demo --place-only --data "$work/data" --count 600 --seed 3 --json --in-flight 1
expect_json "$work/out" '.placed == 100 and .duplicates == 500 and .events == 100 and .verified == 600'

# Another seed makes other orders of the same ids, which must not pass for the first ones.
expect_status 1 "$order" demo --place-only --data "$work/data" --count 5 --seed 4 --json
expect_json "$work/out" '.placed == 0 and .duplicates == 0 and .verified == 0 and .failed + .rejected >= 5'

# Without --data the journal is temporary, which the output says, and nothing is left of it.
mkdir "$work/tmp"
TMPDIR=$work/tmp expect_status 0 "$order" demo --place-only --count 100
expect_text "$work/out" "All 100 orders were read back equal"
expect_text "$work/out" "--data DIR"
[ -z "$(ls -A "$work/tmp")" ] || fail "the temporary journal is still there"

expect_status 0 "$order" demo --place-only --count 0 --json
expect_json "$work/out" '.orders == 0 and .orders_per_second == 0 and .data == null'

# Without --place-only the orders are fulfilled, by the same program on the same data. It waits for those of its input:
# here for all that there are.
expect_status 0 "$order" demo --data "$work/data" --count 600 --seed 3 --json
expect_json "$work/out" '.duplicates == 600 and .placed == 0 and .sagas.open == 0 and .confirmed + .cancelled.out_of_stock == 600'
