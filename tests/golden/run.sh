#!/usr/bin/env bash
# Lints every document of a corpus and compares the findings with those that a reader of the RFCs agreed with: a file
# for each folder of the corpus, in it a heading for each document and its findings, a line each. Presence documents are
# given as what the presentity publishes, beside a rule set without rules; all others as rule sets.
# PRESPROOF_BLESS=1 writes the files anew; read the diff before you commit it.
# Usage: run.sh <presproof> <tests/golden> <shared folder>
set -u
presproof=$(realpath "$1")
golden=$(realpath "$2")
shared=${PRESPROOF_SHARED:-$3}
corpus=$shared/corpus
if [ ! -d "$corpus" ]; then
  echo "SKIPPED: there is no corpus in $shared (PRESPROOF_SHARED names another folder)"
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '<ruleset xmlns="urn:ietf:params:xml:ns:common-policy"/>\n' >"$scratch/none.xml"
cd "$corpus" || exit 1
failed=0
documents=0
for folder in */; do
  folder=${folder%/}
  as=()
  [ "$folder" = presence ] && as=("$scratch/none.xml" --presence)
  found=$(
    cd "$folder" || exit 1
    for file in *.xml; do
      printf '== %s\n' "$file"
      "$presproof" --color never --no-progress lint --no-config --format github "${as[@]}" "$file" 2>"$scratch/errors" |
        sed -E 's/^::([a-z]+) file=[^,]*(,line=([0-9]+))?(,col=([0-9]+))?(,[a-zA-Z]+=[0-9]+)*,title=([^:]*)::/\3:\5 \1 \7: /'
      status=${PIPESTATUS[0]}
      [ "$status" -le 1 ] || { echo "exit status $status"; cat "$scratch/errors"; }
    done
  )
  documents=$((documents + $(find "$folder" -name '*.xml' | wc -l)))
  if [ "${PRESPROOF_BLESS:-}" = 1 ]; then
    printf '%s\n' "$found" >"$golden/$folder.txt"
  elif ! diff -u "$golden/$folder.txt" <(printf '%s\n' "$found"); then
    echo "corpus/$folder: other findings than $folder.txt has (PRESPROOF_BLESS=1 accepts them)" >&2
    failed=1
  fi
done
[ "$documents" -ge 100 ] || { echo "only $documents documents found: this test is broken" >&2; exit 1; }
echo "$documents documents compared"
exit "$failed"
