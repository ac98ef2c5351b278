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

# Whatever `prove --engine kamailio` says is disclosed leaks there: on the samples, and on the public rule sets where they are.
replayed=0
for policy in "$samples"/*/policy.xml "$samples"/../../shared/corpus/policies/*.xml; do
  [ -e "$policy" ] || continue
  rm -rf "$scratch/scenarios"
  status=0
  "$presproof" --no-progress prove "$policy" --engine kamailio -p 'for everyone never anything' --scenario "$scratch/scenarios" \
    >"$scratch/proof.txt" 2>&1 || status=$?
  [ "$status" -le 1 ] || { cat "$scratch/proof.txt" >&2; echo "$policy: prove ends with $status" >&2; exit 1; }
  [ "$status" = 1 ] || continue
  python3 peer.py --scenario "$scratch"/scenarios/1-* >"$scratch/replay.json"
  python3 - "$scratch/replay.json" "$policy" <<'PYTHON'
import json, sys
run = json.load(open(sys.argv[1]))['runs'][0]
expected, observed = run['expected'], run['observed']
notify = observed['notifies'][0]
if observed['response'] != expected['response']['code'] or notify['subscription_state'] != expected['subscription_state'] or not notify['body']:
    sys.exit(f'{sys.argv[2]}: the counterexample does not leak on the server: {run}')
PYTHON
  replayed=$((replayed + 1))
done
[ "$replayed" -gt 0 ] || { echo 'no counterexample was replayed' >&2; exit 1; }
echo "$replayed counterexamples leak on the server"
