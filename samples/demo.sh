#!/usr/bin/env bash
# The tour that `cmake --workflow --preset demo` ends with. Usage: demo.sh <presproof>
set -u
presproof=$(realpath "$1")
cd "$(dirname "$0")" || exit 1

show() { # show <expected exit status> <arguments of presproof...>
  local expected=$1
  shift
  printf '\n$ presproof %s\n' "$*"
  "$presproof" "$@"
  local status=$?
  [ "$status" = "$expected" ] || { echo "demo: exit status $status, not $expected" >&2; exit 1; }
}

echo "1. What would bob get?"
cd friends-and-family || exit 1
show 0 simulate policy.xml --presence presence.xml --watcher sip:bob@example.com --at 2026-06-01T12:00:00Z
echo
echo "2. Can any friend ever get more, whatever the time, the sphere, the place? Proved: no."
show 0 prove policy.xml --properties policy.props
echo
echo "3. The same promise on a rule set that leaks: refuted, and the counterexample has been replayed."
cd ../leaking-friends || exit 1
show 1 prove policy.xml --properties policy.props
