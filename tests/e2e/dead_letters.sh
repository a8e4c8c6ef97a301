#!/usr/bin/env bash
# Messages that a subscriber cannot handle: given up, listed, shown, exported, tried again, dropped.
source "$(dirname "$0")/common.bash"

"$order" demo --place-only --data "$work/data" --count 300 --seed 4 --json >"$work/out"
expect_json "$work/out" '.placed == 300'
"$order" topic ls --data "$work/data" >"$work/out"
expect_text "$work/out" "nobody has subscribed"
[ -z "$("$order" dead-letter ls --data "$work/data")" ] || fail "there is a dead letter before anybody subscribed"

# Some letters are lost whatever is tried; the others are written once each.
"$order" mail --data "$work/data" --fail-percent 10 --retry-base-ms 1 --json >"$work/out"
expect_json "$work/out" '.dead_letters > 0 and .handled + .dead_letters == 300 and .parked == 0'
expect_json "$work/out" '.failed_attempts == 3 * .dead_letters'
dead=$(jq .dead_letters "$work/out")
[ "$(wc -l <"$work/data/mail.txt")" -eq $((300 - dead)) ] || fail "not a letter for each order but the lost ones"
"$order" topic ls --data "$work/data" --json >"$work/out"
expect_json "$work/out" ".subscriber == \"mailroom\" and .topic == \"events\" and .parked == 0 and .dead_letters == $dead"

# The next run has nothing to do.
"$order" mail --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.handled == 0 and .dead_letters == 0'

# The list, with filters.
"$order" dead-letter ls --data "$work/data" --json >"$work/list"
[ "$(wc -l <"$work/list")" -eq "$dead" ] || fail "not all dead letters are listed"
jq -se 'all(.subscriber == "mailroom" and .type == "OrderCreated" and .attempts_made == 3 and
  (.attempts | length) == 3 and (.attempts[2].failure | contains("was lost")) and .content.order_id != null)' \
  "$work/list" >/dev/null || fail "the dead letters do not say what they are"
cmp <("$order" dead-letter export --data "$work/data") "$work/list" || fail "the export is not the list"
cmp <("$order" dead-letter ls --data "$work/data" --limit 2 --json) <(head -n 2 "$work/list") || fail "a limit"
for none in "--type OrderPaid" "--error nonsense" "--since 2200-01-01" "--before 2000-01-01"; do
  # shellcheck disable=SC2086 # an option and its value
  [ -z "$("$order" dead-letter ls --data "$work/data" $none)" ] || fail "$none lets something pass"
done
"$order" dead-letter ls --data "$work/data" --type OrderCreated --error "was lost" --since 2000-01-01 --json |
  cmp - "$work/list" || fail "the filters hold back what fits"
"$tusker" dead-letter ls --data "$work/data" --json | cmp - "$work/list" || fail "tusker sees others"

# One of them.
offset=$(head -n 1 "$work/list" | jq .offset)
expect_status 0 "$order" dead-letter show mailroom "$offset" --data "$work/data"
expect_text "$work/out" "after 3 attempts"
expect_text "$work/out" '"order_id"'

# Wrong arguments.
expect_status 3 "$order" dead-letter show mailroom 1 --data "$work/data"
expect_status 3 "$order" dead-letter show mailrom "$offset" --data "$work/data"
expect_text "$work/err" "there is no subscriber 'mailrom'; did you mean 'mailroom'?"
expect_status 2 "$order" dead-letter ls --data "$work/data" --since yesterday
expect_text "$work/err" "--since"
expect_status 2 "$order" dead-letter retry --data "$work/data"
expect_status 2 "$order" dead-letter drop mailroom "$offset" --data "$work/data"
expect_text "$work/err" "--reason"

# One is dropped, after a look at what would be.
"$order" dead-letter drop mailroom "$offset" --reason "the customer is gone" --dry-run --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.would_drop == 1'
"$order" dead-letter drop mailroom "$offset" --reason "the customer is gone" --yes --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.dropped == 1'
expect_status 3 "$order" dead-letter show mailroom "$offset" --data "$work/data"
"$tusker" stream read tusker_delivery-mailroom --data "$work/data" --json | tail -n 1 >"$work/out"
expect_json "$work/out" '.type == "tusker.DeadLetterDropped" and .content.reason == "the customer is gone"'

# A program that does not have the subscriber leaves it to the next that has.
next=$(sed -n 2p "$work/list" | jq .offset)
"$tusker" dead-letter retry mailroom "$next" --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.retried == 1 and .left == 1 and .delivered == false'
"$order" mail --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.handled == 1'

# One that fails again is on the list again, with the attempts of both its lives, and later ones do not wait for it.
again=$(sed -n 3p "$work/list" | jq .offset)
"$tusker" dead-letter retry mailroom "$again" --data "$work/data" --json >"$work/out"
"$order" mail --data "$work/data" --fail-percent 100 --retry-base-ms 1 --json >"$work/out"
expect_json "$work/out" '.handled == 0 and .dead_letters == 1 and .failed_attempts == 3 and .parked == 0'
"$order" dead-letter show mailroom "$again" --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.attempts_made == 6 and (.attempts | length) == 6 and (.attempts[5].failure | contains("was lost"))'
[ "$("$order" dead-letter ls --data "$work/data" | wc -l)" -eq $((dead - 2)) ] || fail "it is not on the list once"

# A subscriber that is paused is given nothing, over any number of runs, until it is resumed.
expect_status 3 "$order" subscriber pause mailrom --data "$work/data"
expect_text "$work/err" "did you mean 'mailroom'?"
"$order" subscriber pause mailroom --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.subscriber == "mailroom" and .state == "paused"'
"$tusker" dead-letter retry mailroom "$again" --data "$work/data" --json >"$work/out"
for run in 1 2; do
  expect_status 1 "$order" dead-letter retry mailroom "$again" --data "$work/data"
  expect_text "$work/err" "is paused: resume it first"
done
"$tusker" subscriber ls --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.state == "paused" and .parked == 1'
"$tusker" subscriber resume mailroom --data "$work/data" >"$work/out"
expect_text "$work/out" "subscribed"
"$order" mail --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.handled == 1'

# Dead letters of other origins: there are none, and those of projections are not for retry.
for origin in timer command projection; do
  [ -z "$("$order" dead-letter ls --origin $origin --data "$work/data")" ] || fail "there are dead letters of $origin"
done
cmp <("$order" dead-letter ls --origin subscriber --data "$work/data") <("$order" dead-letter ls --data "$work/data") ||
  fail "there are dead letters of another origin"
expect_status 2 "$order" dead-letter retry --all --origin projection --data "$work/data"
expect_text "$work/err" "projection rebuild NAME"
expect_status 2 "$order" dead-letter ls --origin nobody --data "$work/data"
nobody=019aaffb-0740-7000-8000-000000000003
expect_status 3 "$order" dead-letter show $nobody --data "$work/data"
expect_status 2 "$order" dead-letter show mailroom --data "$work/data"
expect_status 2 "$order" dead-letter retry $nobody 17 --data "$work/data"
"$order" dead-letter retry $nobody --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.chosen == 1 and .retried == 0 and .left == 0'

# No timer waits.
[ -z "$("$order" timer ls --data "$work/data")" ] || fail "there is a timer"
expect_status 2 "$order" timer ls --data "$work/data" --until tomorrow
expect_text "$work/err" "--until"

# With the handler mended all come through, and the list is empty.
"$order" dead-letter retry --all --data "$work/data" --json >"$work/out"
expect_json "$work/out" ".retried == $((dead - 3)) and .left == 0 and .delivered == true"
[ -z "$("$order" dead-letter ls --data "$work/data")" ] || fail "a dead letter is left"
[ "$(wc -l <"$work/data/mail.txt")" -eq 299 ] || fail "not all letters were written"
"$tusker" stream read tusker_delivery-mailroom --data "$work/data" --json | jq -r .type | sort | uniq -c |
  awk '{print $2, $1}' >"$work/trace"
expect_text "$work/trace" "tusker.DeadLetterResolved $((dead - 1))"
expect_text "$work/trace" "tusker.DeadLetterRetried $dead"
expect_text "$work/trace" "tusker.MessageDeadLettered $((dead + 1))"
expect_status 0 "$order" doctor --data "$work/data"
expect_status 0 "$order" journal verify --data "$work/data"
