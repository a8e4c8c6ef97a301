#!/usr/bin/env bash
# Completion scripts, the manual page and docs/cli.md are made of the commands that the program has.
source "$(dirname "$0")/common.bash"

# bash: what is offered behind a line. The word that is completed is the last one.
expect_status 0 "$order" completion bash
cp "$work/out" "$work/order.bash"
bash -n "$work/order.bash"
# shellcheck disable=SC1091 # it was just made
source "$work/order.bash"
offered() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  COMPREPLY=()
  _order_complete 2>/dev/null
  printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
}
expect_offer() {
  local wanted=$1 got
  shift
  got=$(offered "$@")
  [ "$got" = "$wanted" ] || fail "'$*' offers '$got', not '$wanted'"
}
expect_offer "journal" order jo
expect_offer "backup" order journal ba
expect_offer "--data --dry-run" order journal restore x --d
expect_offer "bash fish zsh" order completion ""
expect_offer "--compact" order journal backup "$work" --comp
expect_offer "command projection subscriber timer" order dead-letter ls --origin ""
expect_offer "" order events --type ""
mkdir "$work/folder" && : >"$work/folderless"
expect_offer "$work/folder" order journal info --data "$work/fold"
expect_offer "$work/folder $work/folderless" order journal import "$work/fold"

# Every command of the program is known to each shell's script, whatever was added last.
"$order" command-reference >"$work/cli.md"
"$order" completion zsh >"$work/_order"
"$order" completion fish >"$work/order.fish"
commands=$(sed -n 's/^### //p' "$work/cli.md")
[ "$(wc -l <<<"$commands")" -gt 40 ] || fail "not all commands: $commands"
while read -r command; do
  for script in "$work/order.bash" "$work/_order" "$work/order.fish"; do
    grep -qF "'$command'" "$script" || fail "$script does not know $command"
  done
done <<<"$commands"
! command -v zsh >/dev/null || zsh -n "$work/_order"
! command -v fish >/dev/null || fish --no-execute "$work/order.fish"

# The manual page: sections in their order, and no complaint of groff or mandoc.
for program in "$order" "$tusker"; do
  "$program" man >"$work/page.1"
  [ "$(grep '^\.SH' "$work/page.1" | paste -sd ' ')" = \
    ".SH NAME .SH SYNOPSIS .SH DESCRIPTION .SH COMMANDS .SH EXIT STATUS .SH EXAMPLES" ] ||
    fail "sections: $(grep '^\.SH' "$work/page.1" | paste -sd ' ')"
  if command -v groff >/dev/null; then
    groff -Tutf8 -P-cbou -ww -man "$work/page.1" >"$work/page.txt" 2>"$work/err"
    [ ! -s "$work/err" ] || fail "groff says: $(head -n 3 "$work/err")"
    grep -q "journal backup TO " "$work/page.txt" || fail "the page lacks journal backup"
  fi
  ! command -v mandoc >/dev/null || mandoc -Tlint -W error "$work/page.1" || fail "mandoc does not like the page"
done

# A row of a table is one line.
! grep '^| `' "$work/cli.md" | grep -v ' |$' || fail "a row of a table in the reference goes on in the next line"

# docs/cli.md is this program's.
cmp "$work/cli.md" "$(dirname "$0")/../../docs/cli.md" ||
  fail "docs/cli.md is out of date: build/release/bin/order command-reference >docs/cli.md"
