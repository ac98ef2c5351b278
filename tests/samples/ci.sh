#!/usr/bin/env bash
# What the project offers to CI: the YAML can be read, every flag in it is one of presproof's, the action's step works, and what the README
# links to is there.
# Usage: ci.sh <presproof> <source folder>
set -u
presproof=$(realpath "$1")
cd "$2" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
count=0
files=(action.yml .pre-commit-hooks.yaml samples/ci/github.yml samples/ci/gitlab.yml samples/ci/pre-commit-config.yaml)

complain() {
  echo "$1" >&2
  failed=1
}

# Every path that the README links to.
while IFS= read -r link; do
  count=$((count + 1))
  [ -e "$link" ] || complain "README.md links to $link, which is not there"
done < <(grep -o '](\([^)#:]*\))' README.md | sed 's/^](//; s/)$//')
for file in "${files[@]}"; do
  grep -q "($file)" README.md || complain "README.md does not mention $file"
done

# What the README installs to build the program, the action does, too.
for package in $(grep -m1 '^apt-get' README.md | grep -Eo '[a-z0-9-]+-dev'); do
  count=$((count + 1))
  grep -q " $package" action.yml || complain "action.yml builds without $package"
done

# Flags, and the formats of --output.
check_flags() { # check_flags <file> <command> <words...>
  local help=$("$presproof" "$2" --help) word
  for word in "${@:3}"; do
    case $word in
      --) ;;
      --*)
        word=${word%%=*}
        count=$((count + 1))
        grep -Eq -- "(^|[ ,])$word( |$)" <<<"$help" || complain "$1: presproof $2 has no $word"
        ;;
      [\"a-z]*=*)
        word=${word#\"}
        count=$((count + 1))
        grep -Eq -- "--format .*[{,]${word%%=*}[,}]" <<<"$help" || complain "$1: presproof $2 has no format ${word%%=*}"
        ;;
    esac
  done
}
commands=0
for file in "${files[@]}" README.md; do
  while read -r _ command rest; do
    commands=$((commands + 1))
    read -r -a words <<<"${rest%%#*}"
    check_flags "$file" "$command" "${words[@]}"
  done < <(grep -Eo 'presproof (lint|prove|leaks|diff|explain|test|load|compare|engines|simulate)( .*|$)' "$file" | grep -v '[`(]')
done
read -r -a words <<<"$(grep -ho -- '--[a-z-]*' samples/ci/pre-commit-config.yaml .pre-commit-hooks.yaml | tr '\n' ' ')"
check_flags samples/ci/pre-commit-config.yaml lint "${words[@]}"
[ "$commands" -gt 5 ] || complain 'hardly any command found: this test is broken'

if ! python3 -c 'import yaml' 2>/dev/null; then
  echo "SKIPPED: python3 has no yaml; the YAML files are not read"
  echo "$count flags and links compared"
  exit "$failed"
fi
for file in "${files[@]}"; do
  python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$file" 2>"$scratch/yaml.out" || complain "$file: $(cat "$scratch/yaml.out")"
done

# The step of the action that lints, as a runner would run it.
python3 -c 'import yaml; print(next(s for s in yaml.safe_load(open("action.yml"))["runs"]["steps"] if s["name"] == "Lint")["run"])' >"$scratch/step.sh"
step() { # step <expected status> <paths> <args>
  (cd samples/lint && PATH="$(dirname "$presproof"):$PATH" PATHS=$2 ARGS=$3 FAIL_ON=warning SARIF=$scratch/out.sarif bash -e "$scratch/step.sh") \
    >"$scratch/step.out" 2>&1
  local status=$?
  count=$((count + 1))
  [ "$status" = "$1" ] || complain "the action's step gives $status for \"$2\" and \"$3\", not $1: $(cat "$scratch/step.out")"
}
if [ "$(basename "$presproof")" = presproof ]; then
  step 0 wrong-namespace/good.xml ''
  step 1 $'wrong-namespace/bad.xml\n\nrule-expired/good.xml\n' ''
  grep -q '^::error file=wrong-namespace/bad.xml,' "$scratch/step.out" || complain 'the action makes no annotation'
  grep -q '"PP101"' "$scratch/out.sarif" || complain 'the action writes no SARIF log'
  step 0 wrong-namespace/bad.xml '--disable PP101 --at 2026-06-01T00:00:00Z'
fi

echo "$count flags, links and runs compared"
exit "$failed"
