#!/usr/bin/env bash
# Runs the table of cases on a live Kamailio and compares what it does with what is recorded in cases/expected.jsonl, one line for each case;
# then replays a counterexample of `presproof prove`. PRESPROOF_BLESS=1 records anew; read the diff before you commit it.
# Usage: check.sh <presproof> <samples>
set -eu
presproof=$(realpath "$1")
samples=$(realpath "$2")
cd "$(dirname "$0")"
recorded_with='kamailio 5.6.3'
export PYTHONDONTWRITEBYTECODE=1

skip() {
  echo "SKIPPED: $1; no live presence server is asked"
  exit 0
}
command -v python3 >/dev/null || skip 'python3 is not installed'
command -v kamailio >/dev/null || skip 'kamailio is not installed'
found=$(kamailio -v | sed -n 's/^version: \(kamailio [0-9.]*\).*/\1/p')
[ "$found" = "$recorded_with" ] || skip "the results are those of $recorded_with, not of $found"

if [ "${PRESPROOF_BLESS:-}" = 1 ]; then
  python3 cases/generate.py >cases/cases.json
  exec python3 peer.py cases/cases.json --expected cases/expected.jsonl --bless
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 cases/generate.py >"$scratch/cases.json"
cmp -s "$scratch/cases.json" cases/cases.json || { echo 'cases/cases.json is not what cases/generate.py prints' >&2; exit 1; }
python3 peer.py cases/cases.json --expected cases/expected.jsonl

# Bob, whom the first rule that fits gives 5 km, gets the exact position from a server that has no notion of it.
"$presproof" --no-progress prove "$samples/leaking-friends/policy.xml" --properties "$samples/leaking-friends/policy.props" \
  --scenario "$scratch/scenarios" >/dev/null || [ $? = 1 ]
python3 peer.py --scenario "$scratch"/scenarios/1-* >"$scratch/replay.json"
python3 - "$scratch/replay.json" <<'PYTHON'
import json, sys
text = open(sys.argv[1]).read()
if text.startswith('SKIPPED'):
    sys.exit(print(text, end=''))
notify = json.loads(text)['runs'][0]['observed']['notifies'][0]
if notify['subscription_state'] != 'active' or '<gml:pos>48.15 11.58</gml:pos>' not in notify['body']:
    sys.exit(f'the counterexample does not leak on the server: {notify}')
print('the counterexample of leaking-friends leaks on the server')
PYTHON
