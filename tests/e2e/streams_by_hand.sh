#!/usr/bin/env bash
# Streams are changed by hand: appended to, truncated, closed; who destroys is asked, and --dry-run does nothing.
source "$(dirname "$0")/common.bash"

"$order" demo --place-only --data "$work/data" --count 20 --json >/dev/null
stream=order-o-00000001

# One event, which the program must be able to read.
content='{"order_id":"o-00000001","reason":"by hand"}'
append=("$order" stream append "$stream" --data "$work/data" --json)
expect_status 2 "${append[@]}" --type OrderCancelled --content '{"order_id":'
expect_text "$work/err" "content: "
expect_status 1 "${append[@]}" --type OrderCanceled --content "$content"
expect_text "$work/err" "OrderCancelled"
expect_status 1 "${append[@]}" --type OrderCancelled --content '{"order_id":7}'
expect_status 1 "${append[@]}" --type OrderCancelled --content "$content" --expected 3
expect_text "$work/err" "has version 1, expected was 3"
expect_status 2 "${append[@]}" --type OrderCancelled --content "$content" --metadata tenant
expect_status 0 "${append[@]}" --type OrderCancelled --content "$content" --expected 1 --dry-run
expect_json "$work/out" '.appended == false and .version == 2 and .position == null'
[ "$("$order" stream read "$stream" --data "$work/data" --json | wc -l)" -eq 1 ] || fail "a trial has appended"
expect_status 0 "${append[@]}" --type OrderCancelled --content "$content" --expected 1 --subject c-1 --metadata tenant=north
expect_json "$work/out" '.appended and .version == 2 and .position.offset > 20'
"$order" stream read "$stream" --data "$work/data" --json --from 2 >"$work/out"
expect_json "$work/out" '.type == "OrderCancelled" and .subject == "c-1" and .user.tenant == "north"'
"$order" show o-00000001 --data "$work/data" --json >"$work/out"
expect_json "$work/out" '.status == "cancelled"'
# Under a command id it is there once.
under=(--command-id 0198c5e0-0000-4000-8000-00000000beef)
for twice in 1 2; do
  expect_status 0 "$tusker" stream append once-1 --type Once --content '"x"' "${under[@]}" --data "$work/data" --json
  expect_json "$work/out" '.version == 1'
done
expect_status 1 "$tusker" stream append once-1 --type Once --content '"y"' "${under[@]}" --data "$work/data"
expect_text "$work/err" "command_id_reused"
expect_status 2 "$tusker" stream append once-1 --type Once --content '"y"' --command-id none --data "$work/data"
# A program without types takes what it is given.
echo '[1, 2]' >"$work/in"
expect_status 0 "$tusker" stream append note-1 --type Noted --content - --expected no_stream --data "$work/data" <"$work/in"
expect_text "$work/out" "note-1 is at version 1"
expect_status 1 "$tusker" stream append note-1 --type Noted --content 1 --expected no_stream --data "$work/data"

# Truncated: told before, asked for, and gone.
for at in 2 3 4; do
  "$tusker" stream append note-1 --type Noted --content "$at" --data "$work/data" >/dev/null
done
expect_status 0 "$tusker" stream truncate note-1 --before 3 --dry-run --data "$work/data"
expect_text "$work/out" "2 of 4 events of the stream 'note-1' would be gone"
expect_status 2 "$tusker" stream truncate note-1 --before 3 --data "$work/data" </dev/null
expect_text "$work/err" "There is no terminal to ask at: say --yes"
[ "$("$tusker" stream read note-1 --data "$work/data" --json | wc -l)" -eq 4 ] || fail "it was truncated unasked"
expect_status 0 "$tusker" stream truncate note-1 --before 3 --yes --data "$work/data" --json
expect_json "$work/out" '.done and .events == 2 and .version == 4'
[ "$("$tusker" stream read note-1 --data "$work/data" --json | wc -l)" -eq 2 ] || fail "not 2 events are left"
expect_status 1 "$tusker" stream truncate note-1 --before 9 --yes --data "$work/data"
expect_status 3 "$tusker" stream truncate note-2 --before 1 --yes --data "$work/data"
expect_text "$work/err" "did you mean 'note-1'?"

# At a terminal somebody is asked: `no` and an empty line leave all as it is, `y` does it.
answer() {
  python3 - "$@" <<'PYTHON'
import os, pty, sys

answer, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
while b"[y/N] " not in shown:
    part = os.read(terminal, 4096)
    if not part:
        break
    shown += part
os.write(terminal, answer.encode() + b"\n")
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    shown += part
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
PYTHON
}
expect_status 1 answer "" "$tusker" stream tombstone note-1 --data "$work/data"
expect_text "$work/out" "2 of 2 events of the stream 'note-1' will be gone for good, and nothing can be appended"
expect_text "$work/out" "declined"
expect_status 1 answer no "$tusker" stream tombstone note-1 --data "$work/data"
[ "$("$tusker" stream read note-1 --data "$work/data" --json | wc -l)" -eq 2 ] || fail "it was closed against a no"
expect_status 0 answer y "$tusker" stream tombstone note-1 --data "$work/data"
expect_status 3 "$tusker" stream read note-1 --data "$work/data"
expect_status 1 "$tusker" stream append note-1 --type Noted --content 1 --data "$work/data"
expect_text "$work/err" "stream_tombstoned"

# What is gone is told by stats, and taken out of the file by a compaction.
expect_status 0 "$tusker" journal stats --data "$work/data" --json
expect_json "$work/out" '.gone.events == 4 and (.types[] | select(.name == "Noted") | .events) == 4'
expect_json "$work/out" '[.tables[] | select(.name == "ev") | .entries] == [.events] and .map_use > 0 and .free_pages > 0'
expect_status 0 "$tusker" journal stats --data "$work/data"
expect_text "$work/out" "Of them gone"
expect_status 0 "$tusker" journal compact --dry-run --data "$work/data" --json
expect_json "$work/out" '.events_gone == 4 and .free_bytes > 0'
"$tusker" events --data "$work/data" --json >"$work/before"
expect_status 0 "$tusker" journal compact --data "$work/data" --json
expect_json "$work/out" '.bytes_after < .bytes_before and .events_emptied == 4'
cmp "$work/before" <("$tusker" events --data "$work/data" --json) || fail "a compaction has changed the events"
expect_status 0 "$tusker" doctor --data "$work/data"
expect_status 0 "$order" demo --place-only --data "$work/data" --count 21 --json
expect_json "$work/out" '.placed == 1 and .duplicates == 20'
"$tusker" events --data "$work/data" --follow --json >"$work/followed" &
background=$!
until [ "$(wc -l <"$work/followed")" -ge 20 ]; do :; done
expect_status 4 "$tusker" journal compact --data "$work/data"
expect_text "$work/err" "another process reads the journal"
kill "$background"
wait "$background" 2>/dev/null || true
background=""
expect_status 0 "$tusker" journal compact --data "$work/data"

# A rebuild that is only tried tells what it would be made of.
expect_status 0 "$order" projection rebuild order_summary --dry-run --data "$work/data" --json
expect_json "$work/out" '.rebuilt == false and .version == 1 and .head > 20'
