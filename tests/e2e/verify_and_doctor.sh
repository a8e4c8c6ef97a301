#!/usr/bin/env bash
# Verification and the doctor: of a sound journal, beside a writer, after a kill, of damaged ones, of none.
source "$(dirname "$0")/common.bash"

expect_status 3 "$tusker" journal verify --data "$work/none"
expect_text "$work/err" "not_found"
expect_status 3 "$tusker" doctor --data "$work/none" --json
expect_json "$work/out" '.verdict == "nothing_here" and .verification == null'
[ ! -e "$work/none" ] || fail "a folder was made by looking for it"

# A sound journal.
"$order" demo --place-only --data "$work/data" --count 500 --json >/dev/null
expect_status 0 "$tusker" journal verify --data "$work/data" --json
expect_json "$work/out" '.clean and .head == 600 and .faults == [] and .faults_more == 0 and (.uuid | length == 36)'
expect_json "$work/out" '[.tables[] | select(.name == "ev" or .name == "st") | .entries] == [600, 600]'
expect_status 0 "$tusker" journal verify --data "$work/data"
expect_text "$work/out" "No faults up to offset 600"
expect_status 0 "$tusker" doctor --data "$work/data" --json
expect_json "$work/out" '.verdict == "sound" and .owner.state == "none" and .alarm == "" and .verification.clean'
expect_json "$work/out" '[.files[] | select(.problem != "")] == []'
expect_status 0 "$tusker" doctor --data "$work/data"
expect_text "$work/out" "✔ sound"

# Beside a writer, and after its death.
"$order" demo --place-only --data "$work/live" --count 1000000 --json >"$work/live_out" 2>"$work/live_err" &
background=$!
wait_for_events "$work/live" 300
# It looks at the data file, which follows the commit log.
until expect_status 0 "$tusker" journal verify --data "$work/live" --json && jq -e '.head > 300' "$work/out" >/dev/null; do
  kill -0 "$background" 2>/dev/null || fail "the writer ended before its data file had 300 events"
done
expect_json "$work/out" '.clean and .head > 300'
expect_status 0 "$tusker" doctor --data "$work/live" --json
expect_json "$work/out" ".verdict == \"in_use\" and .owner == {state: \"running\", process: \"$background\"}"
expect_json "$work/out" '.read_store | .verification == null or (.verdict == "in_use" and .verification.clean)'
killed=$background
kill -9 "$background"
wait "$background" 2>/dev/null || true
background=""
expect_status 0 "$tusker" doctor --data "$work/live" --json
expect_json "$work/out" ".verdict == \"sound\" and .owner == {state: \"died\", process: \"$killed\"}"
expect_status 0 "$tusker" doctor --data "$work/live"
expect_text "$work/out" "process $killed died without closing it"

# Damage: one bit of an event's text.
cp -r "$work/data" "$work/backup"
at=$(grep -abo '"order_id":"o-00000077"' "$work/data/data.mdb" | head -n 1 | cut -d : -f 1)
printf 'P' | dd of="$work/data/data.mdb" bs=1 seek=$((at + 2)) conv=notrunc status=none
cmp -s "$work/data/data.mdb" "$work/backup/data.mdb" && fail "nothing was damaged"
expect_status 1 "$tusker" journal verify --data "$work/data" --json
expect_json "$work/out" '.clean == false and (.faults[0] | .table == "ev" and (.place | startswith("offset ")))'
expect_text "$work/err" '"error":"corrupt"'
expect_status 1 "$tusker" journal verify --data "$work/data"
expect_text "$work/out" "✘ ev, offset "
# Nobody was told yet, so it still opens; the doctor changes that.
expect_status 0 "$tusker" journal info --data "$work/data"
expect_status 1 "$tusker" doctor --data "$work/data"
expect_text "$work/out" "✘ damaged: ev, offset "
expect_status 4 "$tusker" journal info --data "$work/data"
expect_text "$work/err" "tusker doctor --data $work/data"
expect_status 4 "$order" demo --place-only --data "$work/data" --count 1
expect_text "$work/err" "corrupt"
expect_status 1 "$tusker" doctor --data "$work/data" --json
expect_json "$work/out" '.verdict == "damaged" and (.alarm | startswith("damaged: ev, offset "))'

# A restored backup is taken again by the next writer.
cp "$work/backup/data.mdb" "$work/data/data.mdb"
expect_status 0 "$order" demo --place-only --data "$work/data" --count 501 --json
expect_status 0 "$tusker" doctor --data "$work/data" --json
expect_json "$work/out" '.verdict == "sound" and .alarm == ""'

# A file that was cut off, emptied, lost, or overwritten.
truncate -s 50000 "$work/backup/data.mdb"
expect_status 1 "$tusker" doctor --data "$work/backup" --json
expect_json "$work/out" '.verdict == "damaged"'
for damage in "truncate -s 0" "rm" "dd if=/dev/urandom bs=20000 count=1 status=none of="; do
  # shellcheck disable=SC2086 # the damage is several words
  case $damage in dd*) ${damage}"$work/backup/data.mdb" ;; *) $damage "$work/backup/data.mdb" ;; esac
  expect_status 1 "$tusker" journal verify --data "$work/backup"
  expect_status 1 "$tusker" doctor --data "$work/backup" --json
  expect_json "$work/out" '.verdict == "damaged" and (.cause | startswith("data.mdb"))'
done

# The read store: clean as it is, beside a writer too; with an overwritten page it is damaged, and is made anew.
"$order" demo --place-only --data "$work/rows" --count 500 --json >/dev/null
digest=$("$order" projection digest order_summary --data "$work/rows" --json | jq -r .digest)
expect_status 0 "$tusker" doctor --data "$work/rows" --json
expect_json "$work/out" '.verdict == "sound" and (.read_store | .verdict == "sound" and .verification.clean)'
expect_json "$work/out" '[.read_store.verification.tables[] | select(.name == "row") | .entries > 500] == [true]'
expect_status 0 "$tusker" doctor --data "$work/rows"
expect_text "$work/out" "Read store: no faults"
pages=$(($(stat -c %s "$work/rows/read/data.mdb") / 4096))
cp -r "$work/rows" "$work/sound_rows"
found=0
for page in $(seq 2 $((pages / 12 + 1)) $((pages - 1))); do
  rm -rf "$work/rows" && cp -r "$work/sound_rows" "$work/rows"
  dd if=/dev/zero of="$work/rows/read/data.mdb" bs=4096 seek="$page" count=1 conv=notrunc status=none
  status=0
  "$order" doctor --data "$work/rows" --json >"$work/out" || status=$?
  if [ "$status" -eq 0 ]; then
    # A page that nothing uses: all is as it was.
    expect_json "$work/out" '.verdict == "sound"'
    expect_status 0 "$order" projection digest order_summary --data "$work/rows" --json
    expect_json "$work/out" ".digest == \"$digest\""
    continue
  fi
  found=$((found + 1))
  [ "$status" -eq 1 ] || fail "doctor exited with $status"
  expect_json "$work/out" '.verdict == "damaged" and (.cause | startswith("read store: ")) and .verification.clean'
  expect_json "$work/out" '.read_store | .verdict == "damaged" and (.verification.faults[0] | .table != "")'
  expect_json "$work/out" ".advice | contains(\"delete the folder $work/rows/read\")"
done
[ "$found" -ge 3 ] || fail "only $found overwritten pages were found"
rm -rf "$work/rows" && cp -r "$work/sound_rows" "$work/rows"
dd if=/dev/zero of="$work/rows/read/data.mdb" bs=4096 seek=2 count=$((pages - 2)) conv=notrunc status=none
expect_status 1 "$order" doctor --data "$work/rows"
expect_text "$work/out" "✘ damaged: read store: "
expect_status 4 "$order" report --data "$work/rows"
rm -r "$work/rows/read"
expect_status 0 "$order" demo --place-only --data "$work/rows" --count 500 --json
expect_status 0 "$order" projection digest order_summary --data "$work/rows" --json
expect_json "$work/out" ".digest == \"$digest\""
expect_status 0 "$order" doctor --data "$work/rows"
expect_text "$work/out" "✔ sound"

# Modes that let others in are told.
chmod 755 "$work/live"
expect_status 0 "$tusker" doctor --data "$work/live"
expect_text "$work/out" "its mode is 0755, not 0700"
