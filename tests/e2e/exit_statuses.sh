#!/usr/bin/env bash
# The exit statuses, as a table: what was asked, and what the program ends with. With --json an error is one object.
source "$(dirname "$0")/common.bash"

data=$work/data
"$order" demo --place-only --data "$data" --count 10 --json >/dev/null
"$order" journal export "$work/lines" --data "$data" >/dev/null
sed '1s/"version":1/"version":2/' "$work/lines" >"$work/lacking"
mkdir "$work/text" && echo "no journal" >"$work/text/data.mdb" && truncate -s 20000 "$work/text/data.mdb"
"$order" demo --place-only --data "$work/busy" --count 1000000 --json >/dev/null 2>&1 &
background=$!
wait_for_events "$work/busy" 50

rows=0
while IFS='|' read -r status error words; do
  [ -n "$status" ] || continue
  words=${words//DATA/"--data $data"}
  words=${words//WORK/"$work"}
  # shellcheck disable=SC2086 # the command is several words
  expect_status "$status" "$order" $words </dev/null
  rows=$((rows + 1))
  [ -n "$error" ] || continue
  expect_text "$work/err" "order: $error: "
  # The same as JSON, where the command takes it.
  case "$words" in *--json* | completion* | man* | reprt*) continue ;; esac
  # shellcheck disable=SC2086
  expect_status "$status" "$order" $words --json </dev/null
  tail -n 1 "$work/err" | jq -e ".program == \"order\" and .error == \"$error\" and .message != \"\"" >/dev/null ||
    fail "no error as JSON: $(cat "$work/err")"
done <<'TABLE'
0||--help
0||--version
0||journal info DATA
0||journal stats DATA --json
0||journal verify DATA
0||doctor DATA
0||stream ls DATA
0||events DATA --limit 3 --json
0||completion bash
0||man
0||command-reference
1|unknown_event_type|stream append order-o-1 --type OrdrCreated --content {} DATA
1|malformed_line|journal import WORK/lacking --data WORK/new
1|version_conflict|stream append order-o-00000001 --type OrderConfirmed --content {"order_id":"o-00000001"} --expected 7 DATA
2|usage|journal
2|usage|journal bakup WORK/new DATA
2|usage|journal info
2|usage|stream read order-o-00000001 DATA --from 0
2|usage|stream truncate order-o-00000001 --before 2 DATA
2|usage|stream tombstone order-o-00000001 DATA
2|usage|stream append Order --type A --content {} DATA
2|usage|stream append order-1 --type A --content {} --expected soon DATA
2|usage|completion tcsh
2|place_taken|journal backup WORK/busy DATA
2|place_taken|journal import WORK/lines DATA
2|place_taken|journal export WORK/lines DATA
3|not_found|journal info --data WORK/none
3|not_found|journal stats --data WORK/none
3|not_found|journal backup WORK/new --data WORK/none
3|not_found|journal restore WORK/none --data WORK/new
3|not_found|journal compact --data WORK/none
3|not_found|journal import WORK/none --data WORK/new
3|not_found|stream read order-none DATA
3|not_found|stream truncate order-none --before 1 --yes DATA
3|not_found|projection digest none DATA
4|locked|journal compact --data WORK/busy
4|locked|stream append order-1 --type OrderConfirmed --content {"order_id":"1"} --data WORK/busy
4|locked|stream truncate order-o-00000001 --before 2 --yes --data WORK/busy
4|locked|stream tombstone order-o-00000001 --yes --data WORK/busy
4|unsupported_format|journal stats --data WORK/text
4|unsupported_format|journal backup WORK/new --data WORK/text
TABLE
[ "$rows" -gt 35 ] || fail "only $rows rows of the table were tried"
[ ! -e "$work/new" ] || fail "something was made by what failed"

# What they mean stands in every help, and in the reference.
for status in 0 1 2 3 4 130; do
  "$order" journal backup --help | grep -qE "^  $status +[a-z]" || fail "--help does not tell status $status"
  grep -qE "^  $status +[a-z]" "$(dirname "$0")/../../docs/cli.md" || fail "docs/cli.md does not tell status $status"
done

# 130: interrupted.
"$order" events --follow --data "$data" --json >"$work/followed" &
follower=$!
until [ -s "$work/followed" ]; do :; done
kill -INT "$follower"
status=0
wait "$follower" || status=$?
[ "$status" -eq 130 ] || fail "an interrupted list ended with $status"
