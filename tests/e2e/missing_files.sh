#!/usr/bin/env bash
# What is not there is exit status 3, what cannot be used is 4, a wrong command line is 2; nothing is made on the way.
source "$(dirname "$0")/common.bash"

expect_status 3 "$order" demo --data "$work/data" --orders "$work/none.ndjson"
expect_text "$work/err" "order: cannot_open: $work/none.ndjson: No such file or directory"
expect_status 3 "$order" demo --data "$work/data" --catalogue "$work/none.ndjson"
expect_status 3 "$order" demo --data "$work/data" --orders "$work"
expect_text "$work/err" "not a regular file"
[ ! -e "$work/data" ] || fail "a journal was made for orders that are not there"

for command in "$order show x" "$order history x" "$tusker stream ls" "$tusker stream read order-x" \
  "$tusker journal info"; do
  # shellcheck disable=SC2086 # the command is several words
  expect_status 3 $command --data "$work/none"
  expect_text "$work/err" "not_found: there is no journal in $work/none"
  # shellcheck disable=SC2086
  expect_status 3 $command --data "$work/none" --json
  expect_json "$work/err" '.error == "not_found" and (.message | length > 0)'
  [ ! -s "$work/out" ] || fail "an error is on standard output"
done
[ ! -e "$work/none" ] || fail "a journal was made by looking for it"

mkdir "$work/other"
expect_status 3 "$tusker" journal info --data "$work/other"
head -c 20000 /dev/urandom >"$work/other/data.mdb"
expect_status 4 "$tusker" journal info --data "$work/other"
expect_text "$work/err" "unsupported_format"
expect_status 4 "$order" demo --place-only --data "$work/other" --count 1

expect_status 2 "$order"
expect_status 2 "$order" demo --in-flight 0
expect_status 2 "$order" demo --count -1
expect_status 2 "$order" demo --orders "$work/o" --seed 3
for wrong in "--stock-factor 0" "--stock-factor 1000001" "--payment-limit-cents -1" "--payment-transient-percent 101" \
  "--payment-timeout-percent -1" "--payment-deadline-ms 0" "--retry-base-ms 600001"; do
  # shellcheck disable=SC2086 # a flag and its value
  expect_status 2 "$order" demo --data "$work/none" $wrong
  expect_text "$work/err" "${wrong% *}"
done
expect_status 2 "$order" demo --data "$work/none" --payment-transient-percent 60 --payment-timeout-percent 41
expect_text "$work/err" "must be 100 % at the most together"
[ ! -e "$work/none" ] || fail "a journal was made for options that are wrong"
expect_status 2 "$order" show x
expect_status 2 "$tusker" stream read --data "$work" --limit 0 order-x
expect_status 2 "$tusker" journal --json
expect_json "$work/err" '.error == "usage"'
