#!/usr/bin/env bash
# lint.sh BUILD_DIR: clang-format over every source, clang-tidy over what BUILD_DIR compiles.
# A source that passed is not checked again until it, a header that it includes or the settings change (lint_keys.py).
# The checks walk our own code only (own_code.cpp), which takes a fifth of the time and finds the same.
set -euo pipefail

build=$1
here=$(dirname "${BASH_SOURCE[0]}")
jobs=$(nproc)
stamps="$build/lint"
mkdir -p "$stamps"

mapfile -t sources < <(git ls-files --cached --others --exclude-standard -- '*.cpp' '*.hpp' |
  while read -r file; do [ ! -f "$file" ] || echo "$file"; done | sort -u)
[ "${#sources[@]}" -gt 0 ] || exit 0

echo "==> clang-format: ${#sources[@]} files"
status=0
printf '%s\0' "${sources[@]}" | xargs -0 -n 20 -P "$jobs" clang-format-14 --dry-run --Werror || status=1

# Views are links made by the configure step; the compile commands must name all of today's sources.
cmake -B "$build" >/dev/null
mapfile -t keyed < <(python3 "$here/lint_keys.py" "$build")

own_code="$build/own_code.so"
if [ ! "$own_code" -nt "$here/own_code.cpp" ]; then
  # shellcheck disable=SC2046
  clang++-14 -std=c++17 -O1 -shared -fPIC $(llvm-config-14 --cppflags) -o "$own_code" "$here/own_code.cpp"
fi

tidy() { clang-tidy-14 --load="$LINT_OWN_CODE" --checks=tusker-own-code --quiet "$@"; }

# The control: what it does not find there it would not find elsewhere.
check_control() {
  local found name
  found=$(tidy "$here/control.cpp" -- -std=c++20 2>/dev/null || true)
  for name in performance-inefficient-vector-operation readability-identifier-naming readability-container-size-empty; do
    if [[ "$found" != *"$name"* ]]; then
      echo "lint: the linter does not find $name in $here/control.cpp" >&2
      return 1
    fi
  done
}

# check_one "KEY FILE": the stamp is named by all that the verdict hangs on.
check_one() {
  local file=${1#* } stamp="$LINT_STAMPS/${1%% *}"
  [ ! -f "$stamp" ] || return 0
  local log
  log=$(mktemp)
  # GCC's own options in the compile commands are not clang's; the compiler's warnings are GCC's business.
  if tidy -p "$LINT_BUILD" --extra-arg=-Wno-unknown-warning-option \
    --extra-arg=-Wno-unused-command-line-argument "$file" >"$log" 2>&1; then
    : >"$stamp"
    rm -f "$log"
    return 0
  fi
  echo "--- $file"
  grep -v -E '^[0-9]+ warnings? (generated|treated)|^Suppressed |^Use -header-filter' "$log" || true
  rm -f "$log"
  return 1
}
export -f tidy check_one
export LINT_STAMPS="$stamps" LINT_BUILD="$build" LINT_OWN_CODE="$own_code"
check_control

echo "==> clang-tidy: ${#keyed[@]} files, unchanged ones are skipped"
if [ "${#keyed[@]}" -gt 0 ]; then
  printf '%s\0' "${keyed[@]}" | xargs -0 -n 1 -P "$jobs" bash -c 'check_one "$1"' check_one || status=1
fi
[ "$status" -ne 0 ] || echo "==> clang-format and clang-tidy: clean"
exit "$status"
