#!/usr/bin/env bash
# Writes the scenarios of each story in samples/, twice, and runs each `command` in a shell inside its folder: it must print
# the scenario's expected.json, and the two runs the same files.
# Usage: scenario.sh <presproof> <samples folder>
set -u
presproof=$(realpath "$1")
cd "$2" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" && ln -s "$presproof" "$scratch/bin/presproof"
PATH=$scratch/bin:$PATH
failed=0
count=0

complain() {
  echo "$1" >&2
  failed=1
}

for file in */policy.props; do
  story=${file%/policy.props}
  for run in first again; do
    (cd "$story" && presproof --no-progress prove policy.xml --properties policy.props -p 'for everyone sometimes handling block' \
      -p 'for everyone never anything' --scenario "$scratch/$run/$story" --output /dev/null) </dev/null
    [ $? -le 1 ] || complain "$story: prove --scenario failed"
  done
  for command in "$scratch/first/$story"/*/command; do
    folder=${command%/command}
    [ -f "$command" ] || { complain "$story: no scenario was written"; continue; }
    (cd "$folder" && sh ./command 2>"$scratch/err") | diff "$folder/expected.json" - >"$scratch/diff" ||
      complain "$folder: the command prints something else than expected.json: $(cat "$scratch/diff" "$scratch/err")"
    [ -s "$folder/subscribe.sip" ] && [ -s "$folder/README.txt" ] || complain "$folder: files are missing"
    count=$((count + 1))
  done
done
diff -r "$scratch/first" "$scratch/again" || complain "two runs wrote different scenarios"

# The story of the friends that leak: what bob gets at the party is exact.
party=$scratch/first/leaking-friends/1-no-friend-ever-gets-location-finer-than-5-km
grep -q '"radius_m": 0' "$party/expected.json" || complain "the scenario of leaking-friends shows no exact location"
grep -q '^P-Asserted-Identity: <sip:\(bob\|carol\)@example.com>' "$party/subscribe.sip" || complain "nobody asks in $party"

[ "$count" -ge 8 ] || complain "only $count scenarios were replayed"
echo "$count scenarios replayed"
exit "$failed"
