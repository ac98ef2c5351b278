#!/usr/bin/env bash
# Runs presproof on each folder of samples/lint: what it prints about bad.xml is compared whole with out.txt, and about
# good.xml it must find nothing. A file `command` holds other arguments than `lint bad.xml`.
# PRESPROOF_BLESS=1 writes out.txt anew.
# Usage: run.sh <presproof> <samples/lint> [sample]
set -u
presproof=$(realpath "$1")
cd "$2" || exit 1
failed=0
count=0

complain() {
  echo "samples/lint/$1: $2" >&2
  failed=1
}

run() { # run <arguments>: output and exit status
  eval "\"\$presproof\" --color never --no-progress $1" 2>&1 </dev/null
  printf '[exit status %d]\n' "$?"
}

for sample in ${3:-*}/; do
  sample=${sample%/}
  count=$((count + 1))
  for file in bad.xml good.xml; do
    [ -f "$sample/$file" ] || complain "$sample" "$file is missing"
  done
  arguments='lint bad.xml'
  [ -f "$sample/command" ] && arguments=$(<"$sample/command")
  bad=$(cd "$sample" && run "$arguments")
  good=$(cd "$sample" && run "${arguments//bad.xml/good.xml}")
  case "$bad" in
    *" $sample]"*) ;;
    *) complain "$sample" "bad.xml does not show this finding:"$'\n'"$bad" ;;
  esac
  case "$good" in
    *'[PP'*) complain "$sample" "good.xml has findings:"$'\n'"$good" ;;
    *'[exit status 0]') ;;
    *) complain "$sample" "good.xml fails:"$'\n'"$good" ;;
  esac
  if [ "${PRESPROOF_BLESS:-}" = 1 ]; then
    printf '%s\n' "$bad" >"$sample/out.txt"
  elif ! diff -u "$sample/out.txt" <(printf '%s\n' "$bad"); then
    complain "$sample" "something else is printed than out.txt has (PRESPROOF_BLESS=1 accepts it)"
  fi
done
[ "$count" -gt 0 ] || { echo "no samples found in $PWD" >&2; exit 1; }
echo "$count samples compared"
exit "$failed"
