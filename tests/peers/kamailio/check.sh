#!/usr/bin/env bash
# Runs the table of cases on a live Kamailio and compares what it does with what is recorded in cases/expected.jsonl, one line for each case;
# then replays counterexamples of `presproof prove`. PRESPROOF_BLESS=1 records anew; read the diff before you commit it.
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

# Whatever `prove --engine kamailio` finds on the samples, and on the public rule sets where they are, is what the server does: response, state and
# document. Where nothing is ever to be shown, something is; where no location is, a location is.
for policy in "$samples"/*/policy.xml "$samples"/../../shared/corpus/policies/*.xml; do
  [ -e "$policy" ] || continue
  folder=$(dirname "$policy")
  asked=(-p 'for everyone never anything' -p 'for everyone never location' -p 'for everyone never handling allow')
  [ ! -e "$folder/policy.props" ] || asked+=(--properties "$folder/policy.props")
  status=0
  "$presproof" --no-progress prove "$policy" --engine kamailio "${asked[@]}" --scenario "$scratch/scenarios/$(basename "$folder")-$(basename "$policy" .xml)" \
    >"$scratch/proof.txt" 2>&1 || status=$?
  [ "$status" -le 1 ] || { cat "$scratch/proof.txt" >&2; echo "$policy: prove ends with $status" >&2; exit 1; }
done
python3 peer.py --scenario "$scratch"/scenarios/*/* >"$scratch/replay.jsonl"
python3 - "$scratch/replay.jsonl" <<'PYTHON'
import json, sys
leaks = {'never-anything': '<tuple', 'never-location': '<gml:pos>', 'never-handling-allow': '<tuple'}
scenarios = [json.loads(line) for line in open(sys.argv[1])]
shown = dict.fromkeys(leaks, 0)
for scenario in scenarios:
    for claim, text in leaks.items():
        if scenario['scenario'].endswith(claim):
            shown[claim] += 1
            if text not in (scenario['runs'][0]['observed']['notifies'][0]['body'] or ''):
                sys.exit(f'{scenario["scenario"]}: the counterexample does not leak on the server')
if not all(shown.values()):
    sys.exit(f'some kind of counterexample was not replayed: {shown}')
print(f'{len(scenarios)} counterexamples are what the server does, and what {sum(shown.values())} of them say is never shown leaks there')
PYTHON

# And whomever `compare` says the server shows more of friends-and-family: they are sent the exact position.
story=$samples/friends-and-family
"$presproof" --no-progress compare "$story/policy.xml" --format json >"$scratch/compare.json" || [ $? = 1 ]
python3 - "$scratch/compare.json" "$story" >"$scratch/cases.json" <<'PYTHON'
import json, sys
witnesses = [row['witness'] for row in json.load(open(sys.argv[1]))['engines'][0]['differences'] if row['discloses_more']]
watchers = [(row['watcher']['identities'] or ['sip:anonymous@anonymous.invalid'])[0] for row in witnesses]
assert 'sip:someone@club.example.org' in watchers, watchers
story, friend = sys.argv[2], 'sip:bob@example.com'
print(json.dumps([{'name': watcher, 'policy': f'{story}/policy.xml', 'documents': [f'{story}/presence.xml'], 'parameters': {},
                   'events': [{'publish': 0}, {'subscribe': watcher}]} for watcher in [friend] + watchers if not watcher.startswith('pres:')]))
PYTHON
python3 peer.py "$scratch/cases.json" >"$scratch/results.jsonl"
python3 - "$scratch/results.jsonl" <<'PYTHON'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
for row in rows:
    body = row['result'][-1]['notifies'][0]['body'] or ''
    if '<gml:pos>48.1374 11.5755</gml:pos>' not in body:
        sys.exit(f'{row["name"]} is not sent the exact position: {row}')
print(f'{len(rows)} watchers of friends-and-family are sent the exact position')
PYTHON
