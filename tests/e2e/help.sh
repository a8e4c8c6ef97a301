#!/usr/bin/env bash
# Every command has a help with its exit statuses, and the version is the project's.
source "$(dirname "$0")/common.bash"

for command in "$order" "$order demo" "$order show" "$order history" "$tusker" "$tusker stream" "$tusker stream ls" \
  "$tusker stream read" "$tusker journal" "$tusker journal info" \
  "$tusker journal verify" "$tusker doctor" "$tusker events" "$tusker projection" "$tusker projection ls" \
  "$tusker projection status" "$tusker projection digest" "$tusker projection pause" "$tusker projection resume" \
  "$order list" "$order report" "$order events" "$order doctor" "$order stream ls" "$order stream read" \
  "$order journal info" "$order journal verify" "$order projection" "$order projection ls" "$order projection status" \
  "$order projection digest" "$order projection pause" "$order projection resume" "$order projection rebuild" \
  "$order saga" "$order saga ls" "$order saga show" "$order saga timeline" "$order saga retry" \
  "$order saga compensate" "$tusker saga" "$tusker saga ls" "$order journal stats" "$order journal backup" \
  "$order journal restore" "$order journal compact" "$order journal export" "$order journal import" \
  "$order stream append" "$order stream truncate" "$order stream tombstone" "$order completion" "$order man" \
  "$order serve" "$order top" "$tusker top"; do
  # shellcheck disable=SC2086 # the command is several words
  expect_status 0 $command --help
  expect_text "$work/out" "Usage: "
  expect_text "$work/out" "Exit status:"
  [ ! -s "$work/err" ] || fail "help is on standard error"
  [ "$(wc -L <"$work/out")" -le 120 ] || fail "$command --help has lines of more than 120 columns"
done
expect_status 0 "$order" --help
expect_text "$work/out" "Examples:"

version=$(sed -n 's/^  VERSION \([0-9.]*\)$/\1/p' "$(dirname "$0")/../../CMakeLists.txt")
[ -n "$version" ] || fail "the project's version was not found"
[ "$("$order" --version)" = "order $version" ] || fail "order --version says $("$order" --version), not $version"
[ "$("$tusker" --version)" = "tusker $version" ] || fail "tusker --version says $("$tusker" --version), not $version"

# A command that there is not: it is named, and those that there are.
expect_status 2 "$order" projection rebuidl order_summary --data "$work/none"
expect_text "$work/err" "there is no command 'rebuidl'; did you mean 'rebuild'? Known: ls, status, dead-letters, digest, pause"
expect_status 2 "$tusker" projection rebuild order_summary --data "$work/none"
expect_text "$work/err" "there is no command 'rebuild'; known: ls, status, dead-letters, digest, pause, resume"
expect_status 2 "$order" reprt
expect_text "$work/err" "there is no command 'reprt'; did you mean 'report'?"
expect_status 2 "$order" projection
expect_text "$work/err" "A subcommand is required"
