#!/usr/bin/env bash
# The diff driver of samples/git-diff and `diff --git`, in a repository made for it. Where git is missing, that is said and nothing is tested.
# Usage: git_diff.sh <presproof> <samples/git-diff>
set -u
if ! command -v git >/dev/null; then
  echo "SKIPPED: git is not installed; the diff driver is not tested"
  exit 0
fi
presproof=$(realpath "$1")
driver=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_EXTERNAL_DIFF
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null HOME=$scratch PRESPROOF=$presproof PATH="$driver:$PATH" GIT_PAGER=cat
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
failed=0
count=0
complain() {
  echo "$1" >&2
  failed=1
}
# expect <status> <text that must be printed> <command...>
expect() {
  local want=$1 text=$2 out status
  shift 2
  out=$("$@" 2>&1 </dev/null)
  status=$?
  count=$((count + 1))
  [ "$status" = "$want" ] || complain "$*: exit status $status, not $want: $out"
  case $out in *"$text"*) ;; *) complain "$*: prints no \"$text\" but: $out" ;; esac
}
policy() { # policy <radius>
  cat <<XML
<?xml version="1.0"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles">
  <rule id="friends">
    <conditions><identity><one id="sip:bob@example.com"/></identity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions>
    <transformations>
      <pr:provide-persons><pr:all-persons/></pr:provide-persons>
      <gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="$1"/></gp:provide-location>
    </transformations>
  </rule>
</ruleset>
XML
}
finer='sip:bob@example.com now gets location at 500 m instead of 5 km, at any time'
coarser='sip:bob@example.com now gets location at 5 km instead of 500 m, at any time'

mkdir "$scratch/work" && cd "$scratch/work" || exit 1
git init -q .
mkdir policies
cp "$driver/gitattributes" .gitattributes
policy 5000 >policies/alice.xml
policy 5000 >'policies/-x "$(touch pwned)" .xml'
git add . && git commit -qm one && git tag first
git config diff.presproof.command presproof-git-diff
policy 500 >policies/alice.xml

# The driver.
expect 0 "$finer" git diff
expect 0 "\`friends\` (b/policies/alice.xml:4)" git diff
expect 0 '+      <gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="500"/>' git diff --no-ext-diff
expect 0 "$finer" env GIT_EXTERNAL_DIFF=presproof-git-diff git diff HEAD
policy 500 >'policies/-x "$(touch pwned)" .xml'
expect 0 'presproof diff a/policies/-x "$(touch pwned)" .xml' git diff
[ ! -e pwned ] || complain 'a name was run by a shell'
git checkout -q -- 'policies/-x "$(touch pwned)" .xml'
policy 500 | sed 's/  <rule /  <!-- the same -->\n  <rule /; s/alice/bob/' >policies/alice.xml && git commit -qam two && git tag second
sed -i 's/the same/nothing else/' policies/alice.xml
expect 0 'equivalent: it is proved' git diff
policy 500 >policies/new.xml && git add policies/new.xml
expect 0 'now gets location at 500 m' git diff --cached
echo '<ruleset' >policies/new.xml
expect 0 '+<ruleset' git diff policies/new.xml
git rm -qf policies/new.xml
git checkout -q -- policies
git mv policies/alice.xml policies/renamed.xml && policy 5000 >policies/renamed.xml && git add .
expect 0 'b/policies/renamed.xml' git diff --cached -M20%
git reset -q --hard second

# The command.
expect 1 "$finer" "$presproof" diff --git first policies/alice.xml
expect 1 'first:policies/alice.xml:4' "$presproof" diff --git first policies/alice.xml
expect 1 "$coarser" "$presproof" diff --git second..first policies/alice.xml
expect 0 'narrowed: ' "$presproof" diff --fail-on gained --git second..first policies/alice.xml
expect 0 'equivalent: it is proved' "$presproof" diff --git HEAD policies/alice.xml
expect 1 '2 documents compared: 1 equivalent, 1 different' "$presproof" diff --git first policies/alice.xml './policies/-x "$(touch pwned)" .xml'
policy 500 >policies/later.xml
expect 1 'new; compared with an empty rule set' "$presproof" diff --git HEAD policies/later.xml
rm -r policies
expect 1 'gone; compared with an empty rule set' "$presproof" diff --git HEAD policies/alice.xml
git checkout -q -- .
mkdir elsewhere
(cd elsewhere && expect 1 "$finer" "$presproof" diff --git first ../policies/alice.xml; exit "$failed") || failed=1
expect 1 "$finer" "$presproof" diff --git first "$PWD/policies/alice.xml"
expect 2 'has no revision `nonsense`' "$presproof" diff --git nonsense policies/alice.xml
expect 2 'is no revision: it begins with `-`' "$presproof" diff --git=--output=x policies/alice.xml
expect 2 'is no revision: it begins with `-`' "$presproof" diff --git=HEAD..--exec=x policies/alice.xml
expect 2 'has three dots' "$presproof" diff --git first...second policies/alice.xml
expect 2 'is neither in revision `HEAD` nor in the working tree' "$presproof" diff --git HEAD policies/missing.xml
expect 2 'wants files' "$presproof" diff --git HEAD policies
ln -s alice.xml policies/link.xml && git add policies/link.xml && git commit -qm link
expect 2 'is no file but a folder, a link or a submodule' "$presproof" diff --git HEAD policies/link.xml
expect 2 'is larger than 100 bytes' "$presproof" diff --max-bytes 100 --git first policies/alice.xml
cd "$scratch" || exit 1
policy 500 >alone.xml
expect 2 'is in no git repository' env GIT_CEILING_DIRECTORIES="$scratch" "$presproof" diff --git HEAD alone.xml
expect 2 'cannot find `git` on PATH' env PATH=/nowhere "$presproof" diff --git HEAD alone.xml
[ -z "$(find "$scratch" -name pwned -o -name x)" ] || complain 'a file was made that nobody asked for'

echo "$count runs compared"
exit "$failed"
