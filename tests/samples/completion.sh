#!/usr/bin/env bash
# Completes command lines with the scripts that `presproof completion` prints: in bash, and in zsh and fish where they are installed.
# Usage: completion.sh <presproof>
set -u
presproof=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failed=0
count=0

complain() {
  echo "$1" >&2
  failed=1
}

for shell in bash zsh fish; do
  "$presproof" completion "$shell" >"script.$shell" || complain "completion $shell fails"
  "$presproof" completion "$shell" | cmp -s - "script.$shell" || complain "completion $shell is not the same every time"
  if command -v "$shell" >/dev/null; then
    "$shell" -n "script.$shell" || complain "the script for $shell has a syntax error"
  else
    echo "SKIPPED: $shell is not installed; its script is not run"
  fi
done

mkdir work work/policies
touch work/rules.xml 'work/with blank.xml'
source script.bash
cd work || exit 1

# bash hands a line over as words, with `=` and `:` words of their own.
expect() { # expect <completions, one a line, sorted> <words of the line, the last one unfinished>
  local expected=$1
  shift
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  COMPREPLY=()
  _presproof
  local actual
  actual=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
  count=$((count + 1))
  [ "$actual" = "$(printf '%s\n' "$expected" | sort)" ] || complain "completing \"$*\" gives
$actual
instead of
$expected"
}

expect $'lint\nleaks\nload' presproof l
expect $'lint\nsimulate\nprove\nleaks\ndiff\nexplain\ntest\nload\ncompare\nengines\ninit\ncompletion' presproof ''
expect '--no-progress' presproof --no-p
expect $'auto\nalways\nnever' presproof --color ''
expect $'--fail-on\n--files-from\n--finest-radius\n--fix\n--fix-unsafe\n--format' presproof lint --f
expect $'--fail-on' presproof --color never lint policies --fai
expect $'text\njson\njsonl\nsarif\njunit\ngithub' presproof lint --format ''
expect $'json\njsonl' presproof lint --format js
expect $'json\njsonl' presproof lint --format = js
expect $'json\njsonl\njunit' presproof lint rules.xml --format = j
expect $'error' presproof lint --fail-on e
expect 'wrong-namespace' presproof lint --disable wrong
expect 'PP100' presproof lint --explain PP100
expect '' presproof lint --at ''
expect $'rules.xml\npolicies\nwith blank.xml' presproof lint ''
expect $'with blank.xml' presproof prove rules.xml --properties wi
expect 'policies' presproof prove rules.xml --smt2 ''
expect $'rules.xml' presproof leaks ru
expect 'sarif=' presproof leaks --output sa
expect 'rules.xml' presproof leaks --output sarif = ru
expect $'rules.xml' presproof leaks --output = sarif = ru
expect $'geo-radius=finest\ngeo-radius=coarsest\ngeo-radius-absent=exact\ngeo-radius-absent=nothing' presproof prove --reading geo-radius
expect $'finest\ncoarsest' presproof prove --reading geo-radius = ''
expect $'coarsest' presproof prove --reading = geo-radius = c
expect $'bash' presproof completion b

if command -v zsh >/dev/null; then
  # Without a terminal nothing can be completed, but the function must be there and compile.
  zsh -f -c 'autoload -Uz compinit && compinit -u -d zcompdump && source ../script.zsh && whence -w _presproof && [ "${_comps[presproof]}" = _presproof ]' \
    >zsh.out 2>&1 || complain "zsh: $(cat zsh.out)"
fi

# fish can say what it would offer.
expect_fish() { # expect_fish <completions, sorted> <line>
  local actual
  actual=$(HOME=$scratch fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$scratch/script.fish" "$2" 2>&1 | cut -f 1 | sort)
  count=$((count + 1))
  [ "$actual" = "$(printf '%s\n' "$1" | sort)" ] || complain "fish completes \"$2\" with
$actual
instead of
$1"
}

if command -v fish >/dev/null; then
  expect_fish $'lint\nleaks\nload' 'presproof l'
  expect_fish $'json\njsonl' 'presproof lint --format js'
  expect_fish $'--fail-on\n--files-from\n--finest-radius\n--fix\n--fix-unsafe\n--format' 'presproof lint --f'
  expect_fish 'wrong-namespace' 'presproof lint --disable wrong-n'
  expect_fish $'rules.xml' 'presproof prove ru'
  expect_fish $'geo-radius=finest\ngeo-radius=coarsest' 'presproof prove --reading geo-radius='
  expect_fish $'bash' 'presproof completion b'
fi

echo "$count lines completed"
exit "$failed"
