#!/usr/bin/env bash
# Runs presproof on each folder of samples/lint: what it prints about bad.xml is compared whole with out.txt, and about
# good.xml it must find nothing. A file `command` holds other arguments than `lint bad.xml`.
# Where a finding can be mended (`lint --list` says by which flag), bad.xml is mended of it alone: what comes out is compared with fixed.xml, and
# must not show the finding any more.
# PRESPROOF_BLESS=1 writes out.txt and fixed.xml anew.
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

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
codes=$("$presproof" lint --list)

mend() { # mend <sample> <arguments>: bad.xml without its finding
  local sample=$1 wanted="--enable $1" flag
  flag=$(awk -v name="$sample" '$2 == name && $4 ~ /^fix(-unsafe)?$/ { print $4 }' <<<"$codes")
  if [ -z "$flag" ]; then
    [ ! -f "$sample/fixed.xml" ] || complain "$sample" "fixed.xml is there, but the finding cannot be mended"
    return
  fi
  [ -f "$sample/wanted" ] && wanted=$(<"$sample/wanted")  # what the finding needs beside itself
  rm -rf "${scratch:?}/$sample"
  cp -r "$sample" "$scratch/"
  (cd "$scratch/$sample" && run "$2 $wanted --$flag") >"$scratch/said"
  (cd "$scratch/$sample" && run "$2 $wanted") >"$scratch/left"
  [ "${PRESPROOF_BLESS:-}" = 1 ] && cp "$scratch/$sample/bad.xml" "$sample/fixed.xml"
  diff -u "$sample/fixed.xml" "$scratch/$sample/bad.xml" || complain "$sample" "--$flag writes something else than fixed.xml has, and says:"$'\n'"$(<"$scratch/said")"
  grep -q " $sample\]" "$scratch/left" && complain "$sample" "--$flag leaves the finding:"$'\n'"$(<"$scratch/said")"
  for word in 'still found' 'fix changes nothing' 'could not be read afterwards'; do
    grep -q "$word" "$scratch/said" && complain "$sample" "--$flag is wrong:"$'\n'"$(<"$scratch/said")"
  done
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
  mend "$sample" "$arguments"
done
[ "$count" -gt 0 ] || { echo "no samples found in $PWD" >&2; exit 1; }
echo "$count samples compared"
exit "$failed"
