#!/usr/bin/env bash
# fuzz.sh BUILD_DIR SECONDS [TARGET…]: runs each fuzzer, or those named, for so many seconds under libFuzzer.
# They start from the seeds, the corpus in the sources and what earlier runs found; what they find stays in BUILD_DIR.
set -euo pipefail

build=$1
seconds=$2
shift 2
bin="$build/tests/fuzz"
export FUZZ_BUILD="$build" FUZZ_BIN="$bin" FUZZ_SECONDS="$seconds"
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-14 || true)
export ASAN_SYMBOLIZER_PATH

# run_fuzzer TARGET [options…]: its output goes to a log, whose path is printed in the end.
run_fuzzer() {
  local name=$1 found="$FUZZ_BUILD/fuzz/found/$1" seeds="$FUZZ_BUILD/fuzz/seeds/$1"
  shift
  mkdir -p "$found" "$seeds" "$FUZZ_BUILD/fuzz/artifacts" "$FUZZ_BUILD/fuzz/logs"
  "$FUZZ_BIN/fuzz_${name}_replay" write-seeds "$seeds"
  local -a folders=("$found" "$seeds")
  [ ! -d "tests/fuzz/corpus/$name" ] || folders+=("tests/fuzz/corpus/$name")
  "$FUZZ_BIN/fuzz_$name" -max_len=4096 -timeout=10 -print_final_stats=1 -verbosity=1 \
    -artifact_prefix="$FUZZ_BUILD/fuzz/artifacts/$name-" "$@" "${folders[@]}" >"$FUZZ_BUILD/fuzz/logs/$name" 2>&1
}

stat_of() {
  sed -n "s/^stat::$2: *//p" "$FUZZ_BUILD/fuzz/logs/$1"
}

fuzz_one() {
  local name=$1 log="$FUZZ_BUILD/fuzz/logs/$1" artifact
  if run_fuzzer "$name" "-max_total_time=$FUZZ_SECONDS"; then
    echo "$name: nothing found in $(stat_of "$name" number_of_executed_units) inputs," \
      "$(stat_of "$name" average_exec_per_sec) a second"
    return
  fi
  artifact=$(sed -n 's/^.*Test unit written to //p' "$log" | tail -n 1)
  echo "$name: FOUND SOMETHING"
  grep -m 3 -E '^property broken|ERROR:|runtime error' "$log" | sed 's/^/  /' || tail -n 5 "$log"
  echo "  the input:    ${artifact:-none was kept, see $log}"
  echo "  to see again: $FUZZ_BIN/fuzz_${name}_replay replay ${artifact:-INPUT}"
  return 1
}

# The control must be found, or a run without findings says nothing.
control_one() {
  local name=$1
  if run_fuzzer "$name" -runs=100000; then
    echo "$name: NOT FOUND, though it is broken"
    return 1
  fi
  rm -f "$FUZZ_BUILD/fuzz/artifacts/$name"-*
  echo "$name: found, as it must be"
}
export -f run_fuzzer stat_of fuzz_one control_one

mapfile -t names < <(find "$bin" -maxdepth 1 -type f -name 'fuzz_*_replay' -printf '%f\n' |
  sed -e 's/^fuzz_//' -e 's/_replay$//' | sort)
mapfile -t controls < <(printf '%s\n' "${names[@]}" | grep '^control_')
if [ "$#" -gt 0 ]; then
  targets=("$@")
else
  mapfile -t targets < <(printf '%s\n' "${names[@]}" | grep -v '^control_')
fi

status=0
for name in "${controls[@]}"; do
  control_one "$name" || status=1
done
printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'set -euo pipefail; fuzz_one "$1"' fuzz_one || status=1
exit "$status"
