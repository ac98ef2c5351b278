#!/usr/bin/env bash
# Runs the commands of each story in samples/ and compares everything that they print, with their exit statuses, with the
# story's out.txt. PRESPROOF_BLESS=1 writes out.txt anew.
# Usage: stories.sh <presproof> <samples folder> [story]
set -u
presproof=$(realpath "$1")
cd "$2" || exit 1
failed=0
count=0
for file in ${3:-*}/command; do
  story=${file%/command}
  [ -f "$file" ] || continue
  count=$((count + 1))
  actual=$(
    cd "$story" || exit 1
    while IFS= read -r line; do
      case "$line" in ''|'#'*) continue ;; esac
      printf '$ %s\n' "$line"
      eval "\"\$presproof\" --no-progress ${line#presproof }" 2>&1 </dev/null
      printf '[exit status %d]\n\n' "$?"
    done <command
  )
  if [ "${PRESPROOF_BLESS:-}" = 1 ]; then
    printf '%s\n' "$actual" >"$story/out.txt"
  elif ! diff -u "$story/out.txt" <(printf '%s\n' "$actual"); then
    echo "samples/$story prints something else than its out.txt (PRESPROOF_BLESS=1 accepts it)" >&2
    failed=1
  fi
done
[ "$count" -gt 0 ] || { echo "no stories found in $PWD" >&2; exit 1; }
echo "$count stories compared"
exit "$failed"
