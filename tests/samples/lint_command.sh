#!/usr/bin/env bash
# What only the whole program shows of `presproof lint`: paths, folders, flags and exit statuses.
# Usage: lint_command.sh <presproof> <samples/lint>
set -u
presproof=$(realpath "$1")
cd "$2" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
count=0

expect() { # expect <exit status> <text in the output> <arguments of lint...>
  local status=$1 text=$2
  shift 2
  local output
  output=$("$presproof" --color never --no-progress lint "$@" 2>&1 </dev/null)
  local actual=$?
  count=$((count + 1))
  if [ "$actual" != "$status" ] || [[ $output != *"$text"* ]]; then
    printf 'lint %s: exit status %s, expected %s with "%s", got:\n%s\n' "$*" "$actual" "$status" "$text" "$output" >&2
    failed=1
  fi
}

# Severities decide the exit status.
expect 1 'PP101' wrong-namespace/bad.xml
expect 0 'no findings' wrong-namespace/good.xml
expect 0 'PP401' older-dialect/bad.xml
expect 1 'PP401' older-dialect/bad.xml --fail-on note
expect 0 'PP302' any-authenticated-watcher/bad.xml --fail-on error
expect 1 'PP109' empty-identity/bad.xml --fail-on error

# Which findings are wanted.
expect 0 'no findings' wrong-namespace/bad.xml --disable PP101
expect 0 'no findings' wrong-namespace/bad.xml --disable wrong-namespace
expect 0 'no findings' wrong-namespace/bad.xml --enable rule-expired
expect 1 'PP101' wrong-namespace/bad.xml --enable rule-expired --enable PP101
expect 2 'did you mean `wrong-namespace`' wrong-namespace/bad.xml --disable wrong-namespaces
expect 2 'is not an RFC 3339 time' rule-expired/bad.xml --at 2026-06-01T00:00:00
expect 2 'is not an RFC 3339 time' rule-expired/bad.xml --at ''

# What the presentity publishes.
expect 0 'no findings' sphere-unused/bad.xml
expect 1 'did you mean `home`' sphere-unused/bad.xml --presence sphere-unused/presence.xml
expect 1 'PP115' sphere-unused/bad.xml --presence sphere-unused/good.xml
expect 2 'cannot read `missing.xml`' sphere-unused/bad.xml --presence missing.xml

# Paths. What cannot be read is told, and the others are still checked.
expect 2 'there is nothing to check'
expect 2 'cannot read `missing.xml`' missing.xml
expect 2 'PP101' missing.xml wrong-namespace/bad.xml
expect 1 'in 2 files, 1 rule' not-well-formed/bad.xml wrong-namespace/bad.xml
expect 1 'PP102' not-a-rule-set/bad.xml
expect 2 'there is no `*.xml`' "$scratch"

# Named files apply together; those of a folder each on its own.
mkdir "$scratch/both" "$scratch/both/deeper"
rules='<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"><rule id="r"><conditions><identity>'
handling='</identity></conditions><actions><pr:sub-handling>'
shows='</pr:sub-handling></actions><transformations><pr:provide-services><pr:all-services/></pr:provide-services></transformations></rule></ruleset>'
printf '%s<many domain="example.com"/>%sallow%s' "$rules" "$handling" "$shows" >"$scratch/both/a.xml"
printf '%s<one id="sip:bob@example.com"/>%sblock</pr:sub-handling></actions></rule></ruleset>' "$rules" "$handling" >"$scratch/both/deeper/b.apxml"
printf 'not XML' >"$scratch/both/notes.txt"
expect 1 'PP209' "$scratch/both/a.xml" "$scratch/both/deeper/b.apxml"
expect 0 'no findings in 2 files, 2 rules' "$scratch/both"

# Separately, by pattern, by list.
expect 0 'no findings in 2 files, 2 rules' --separately "$scratch/both/a.xml" "$scratch/both/deeper/b.apxml"
expect 0 'no findings in 2 files, 2 rules' "$scratch/both/**/*.*xml"
printf '%s\n' "$scratch/both/a.xml" "$scratch/both/deeper/b.apxml" >"$scratch/list"
expect 0 'no findings in 2 files, 2 rules' --files-from "$scratch/list" --jobs 2
ln -s "$scratch/both" "$scratch/both/deeper/loop"
expect 0 'no findings in 2 files, 2 rules' "$scratch/both"

# A configuration, a baseline, comments.
printf '[lint]\nfail-on = "error"\n' >"$scratch/lenient.toml"
expect 0 'PP302' any-authenticated-watcher/bad.xml --config "$scratch/lenient.toml"
expect 1 'PP302' any-authenticated-watcher/bad.xml --config "$scratch/lenient.toml" --fail-on warning
expect 2 'excludes' any-authenticated-watcher/bad.xml --config "$scratch/lenient.toml" --no-config
expect 2 'cannot read' any-authenticated-watcher/bad.xml --config "$scratch/none.toml"
expect 0 '1 more in the baseline' any-authenticated-watcher/bad.xml --baseline "$scratch/baseline.json" --update-baseline
expect 0 '1 more in the baseline' any-authenticated-watcher/bad.xml --baseline "$scratch/baseline.json"
expect 0 '1 ignored by comments' ignore-without-reason/good.xml

# A configuration to begin with.
if ! (cd "$scratch/both" && "$presproof" init a.xml && "$presproof" lint a.xml && ! "$presproof" init) >/dev/null 2>&1; then
  echo 'init writes no configuration that lint takes, or writes over one' >&2
  failed=1
fi

# Output.
expect 0 'PP401  older-dialect' --list
expect 0 '# PP209 block-overridden' --explain block-overridden
expect 2 'unknown finding' --explain nonsense
expect 1 '"format": "presproof-lint/1"' wrong-namespace/bad.xml --format json
expect 1 '{"format":"presproof-lint/1","summary":' wrong-namespace/bad.xml --format jsonl
expect 2 'xml not in' wrong-namespace/bad.xml --format xml
expect 1 '' wrong-namespace/bad.xml --output "$scratch/report.txt"
grep -q PP101 "$scratch/report.txt" || { echo '--output wrote no report' >&2; failed=1; }
if ! "$presproof" lint - <wrong-namespace/good.xml >/dev/null; then
  echo 'lint does not read standard input' >&2
  failed=1
fi

echo "$count commands compared"
exit "$failed"
