#!/usr/bin/env bash
# A backup that is taken while clients order and sagas work is a prefix of the journal; what is restored of it is what it
# says, until a node runs that has the sagas; a damaged one is not restored.
source "$(dirname "$0")/common.bash"
source "$(dirname "$0")/serving.bash"

# is_prefix BACKUP JOURNAL: whether the export of the one is the beginning of the other's.
is_prefix() {
  cmp -s "$1" <(head -c "$(stat -c %s "$1")" "$2")
}

serve "$work/data"
: >"$work/load"
python3 "$(dirname "$0")/order_load.py" "$api" 4 >"$work/load" 2>&1 &
load=$!
trap 'kill "$load" 2>/dev/null || true; clean_up' EXIT
until [ "$(wc -l <"$work/load")" -ge 100 ]; do
  kill -0 "$load" || fail "the load has ended: $(cat "$work/load")"
done

for take in first second; do
  orders=$(wc -l <"$work/load")
  expect_status 0 "$order" journal backup "$work/$take" --data "$work/data" --json
  # What was acknowledged before it began is in it.
  expect_status 0 "$order" journal verify --data "$work/$take" --json
  expect_json "$work/out" '.clean'
  expect_status 0 "$order" journal export "$work/$take.ndjson" --data "$work/$take"
  acknowledged=$(head -n "$orders" "$work/load" | sort -u | wc -l)
  stored=$(grep -c '"type":"OrderCreated"' "$work/$take.ndjson")
  [ "$stored" -ge "$acknowledged" ] || fail "$take has $stored orders, $acknowledged were acknowledged before"
done
until [ "$(wc -l <"$work/load")" -ge $((orders + 50)) ]; do kill -0 "$load" || fail "the load has ended"; done
expect_status 0 "$order" journal export "$work/all.ndjson" --data "$work/data"
kill "$load"
wait "$load" 2>/dev/null || true
for take in first second; do
  is_prefix "$work/$take.ndjson" "$work/all.ndjson" || fail "$take is no prefix of the journal"
done
[ "$(wc -l <"$work/second.ndjson")" -gt "$(wc -l <"$work/first.ndjson")" ] || fail "nothing was written between the two"
# The control: one letter that differs is seen.
sed '20s/[0-9]"/x"/' "$work/first.ndjson" >"$work/other.ndjson"
! is_prefix "$work/other.ndjson" "$work/all.ndjson" || fail "a journal that says something else was taken for the same"
kill_serving

# Sagas were under way. Whoever only makes rows of the restored journal ships nothing: it stays what the backup says.
expect_status 0 "$order" journal restore "$work/second" --data "$work/restored" --json
expect_status 0 "$order" projection rebuild order_summary --data "$work/restored" --json
[ ! -s "$work/err" ] || fail "the rebuild had something to tell: $(cat "$work/err")"
expect_status 0 "$order" journal export "$work/restored.ndjson" --data "$work/restored"
cmp "$work/second.ndjson" "$work/restored.ndjson" || fail "the restored journal is another one"

# The same with a config that has no sagas: the shop serves, and waits with what it does not have.
"$order" config reference --sample | sed '/^\[saga\./,$d' >"$work/no_sagas.toml"
serve "$work/restored" --config "$work/no_sagas.toml" --place-only
ask 201 POST "$api/orders" --body "$(order_body c-1)"
ask 200 GET "$admin/status"
expect_json "$work/out" '.stats.calls_sent == 0 and .failure == ""'
stop_serving 0
! grep -q exception "$work/serve.err" || fail "$(cat "$work/serve.err")"

# The control of the restore: a backup in which bytes of every page differ is not restored. In some pages only, it might
# be free ones that nobody reads.
python3 - "$work/first/data.mdb" <<'EOF'
import os
import sys

with open(sys.argv[1], "r+b") as data:
    for page in range(2, os.path.getsize(sys.argv[1]) // 4096):
        data.seek(page * 4096 + 2048)
        data.write(b"damaged!")
EOF
expect_status 4 "$order" journal restore "$work/first" --data "$work/damaged"
expect_text "$work/err" "corrupt"
[ ! -e "$work/damaged" ] || fail "a damaged backup was restored"
