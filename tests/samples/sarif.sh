#!/usr/bin/env bash
# Has the SARIF logs of lint, prove and leaks validated by Microsoft's sarif-multitool, from the npm registry. Where node, the package or the
# network is missing the test is skipped (exit status 77), and says why.
# Usage: sarif.sh <presproof> <samples> <cache folder>
set -u
presproof=$(realpath "$1")
samples=$(realpath "$2")
mkdir -p "$3" && cache=$(realpath "$3") || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 # it needs no ICU then

skip() {
  echo "SKIPPED: $1; the SARIF logs are not validated"
  exit 77
}

command -v node >/dev/null || skip 'node is not installed'
tool=$cache/node_modules/.bin/sarif-multitool
if [ ! -e "$tool" ]; then
  command -v npm >/dev/null || skip 'npm is not installed'
  timeout 180 npm install --prefix "$cache" --no-audit --no-fund --loglevel error @microsoft/sarif-multitool \
    >"$scratch/npm.log" 2>&1 || skip "npm cannot install @microsoft/sarif-multitool: $(tail -n 1 "$scratch/npm.log")"
fi
# Its install script does this, where npm runs such scripts.
chmod u+x "$cache"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool 2>/dev/null
"$tool" version >/dev/null 2>&1 || skip 'sarif-multitool does not run here'

failed=0
count=0
write() { # write <name> <folder> <arguments of presproof...>
  (cd "$samples/$2" && "$presproof" --no-progress "${@:3}" --format sarif --output "$scratch/$1.sarif" >/dev/null 2>&1 </dev/null)
  if [ "$?" -gt 1 ]; then
    echo "presproof ${*:3} in samples/$2 failed" >&2
    failed=1
  fi
  count=$((count + 1))
}

write lint-clean friends-and-family lint policy.xml
write lint-all lint lint . --fail-on note --at 2030-01-01T00:00:00Z
for sample in block-overridden duplicate-rule-id not-well-formed; do
  write "lint-$sample" "lint/$sample" lint bad.xml
done
write prove-clean friends-and-family prove policy.xml --properties policy.props
write prove-violated leaking-friends prove policy.xml --properties policy.props
write prove-argument two-radii prove policy.xml -p 'for everyone never location' -p 'for {} never mood'
write leaks-blocked blocked-and-polite leaks policy.xml
write leaks-sphere sphere-secret leaks policy.xml
write diff workplace diff policy.xml next.xml

# The tool must see this one's fault, or it sees none.
sed 's/"ruleIndex": *0/"ruleIndex": 99/' "$scratch/lint-block-overridden.sarif" >"$scratch/broken.sarif"

# Its exit status says nothing, and of a log that it cannot read it says nothing either: it looked at those that it gives the advice SARIF2005
# (a tool should have a page on the web).
(cd "$scratch" && "$tool" validate ./*.sarif --output report.json --log ForceOverwrite) >"$scratch/validation" 2>&1
grep -q '/broken\.sarif.*: error SARIF1009' "$scratch/validation" || skip 'sarif-multitool did not see the fault of a broken log'
for log in "$scratch"/*.sarif; do
  name=$(basename "$log")
  [ "$name" = broken.sarif ] && continue
  if ! grep -q "/$name.*SARIF2005" "$scratch/validation"; then
    echo "the SARIF log $name cannot be read" >&2
    failed=1
  fi
  if grep "/$name.*: error " "$scratch/validation" >&2; then
    echo "the SARIF log $name is not valid" >&2
    failed=1
  fi
done
[ "$failed" = 0 ] || cat "$scratch/validation" >&2
echo "$count logs validated"
exit "$failed"
