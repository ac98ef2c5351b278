#!/usr/bin/env bash
# Opens pages of `presproof explain --format html` in headless Chromium, driven by playwright-core from the npm registry: they load without an
# error and without a request, can be filtered and sorted, are readable without script, show hostile text as text, fit narrow and wide
# windows, and have contrast. Where node, the package or Chromium is missing the test is skipped (exit status 77), and says why.
# Usage: explain.sh <presproof> <samples> <cache folder> [<folder for screenshots>]
set -u
presproof=$(realpath "$1")
samples=$(realpath "$2")
mkdir -p "$3" && cache=$(realpath "$3") || exit 1
pictures=${4:-}
here=$(realpath "$(dirname "$0")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

skip() {
  echo "SKIPPED: $1; the pages are not opened in a browser"
  exit 77
}

command -v node >/dev/null || skip 'node is not installed'
chromium=$(command -v chromium || command -v chromium-browser) || skip 'chromium is not installed'
if [ ! -e "$cache/node_modules/playwright-core/package.json" ]; then
  command -v npm >/dev/null || skip 'npm is not installed'
  timeout 180 npm install --prefix "$cache" --no-audit --no-fund --loglevel error playwright-core \
    >"$scratch/npm.log" 2>&1 || skip "npm cannot install playwright-core: $(tail -n 1 "$scratch/npm.log")"
fi

explain() { # explain <name> <folder> <arguments...>
  (cd "$2" && "$presproof" --no-progress explain "${@:3}" --format html --output "$scratch/$1.html" 2>/dev/null) || {
    echo "presproof explain ${*:3} in $2 failed" >&2
    exit 1
  }
}

explain friends "$samples/friends-and-family" policy.xml --presence presence.xml --properties policy.props
explain party "$samples/leaking-friends" policy.xml --properties policy.props --place 48.151,11.581
explain fair "$samples/workplace" policy.xml --properties policy.props
explain server "$samples/friends-and-family" policy.xml --properties policy.props --engine kamailio
explain why "$samples/leaking-friends" policy.xml --watcher sip:eve@example.org --at 2026-03-03T12:00:00Z --why-not location

# Hostile text wherever a rule set holds text; the id of one rule has a megabyte.
python3 - "$scratch" <<'PYTHON' || skip 'python3 is not installed'
import sys
from xml.sax.saxutils import quoteattr
hostile = '"><script>window.broken = 1</script><img src=x onerror="window.broken = 2">\u202egnp.exe &amp; \'x\' </style>'
def rule(name, who, more=''):
    return f'''<rule id={quoteattr(name)}><conditions><identity><one id={quoteattr(who)}/></identity>{more}</conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions><transformations><pr:provide-persons><pr:class>{quoteattr(hostile)[1:-1]}</pr:class></pr:provide-persons>
    <pr:provide-mood>true</pr:provide-mood></transformations></rule>'''
with open(sys.argv[1] + '/hostile.xml', 'w', encoding='utf-8') as out:
    out.write('<?xml version="1.0" encoding="UTF-8"?><ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">')
    out.write(rule(hostile, 'sip:eve@example.com', f'<sphere value={quoteattr("<script>window.broken=3</script>")}/>'))
    out.write(rule('y' * 1_000_000, 'sip:' + hostile))
    out.write(rule('z', 'sip:' + 'm' * 1_000_000 + '@example.com'))
    out.write('</ruleset>')
with open(sys.argv[1] + '/many.xml', 'w', encoding='utf-8') as out:
    out.write('<?xml version="1.0" encoding="UTF-8"?><ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules">')
    for i in range(2000):
        out.write(rule(f'r{i}', f'sip:user{i}@domain{i % 20}.example', f'<sphere value="s{i % 7}"/>'))
    out.write('</ruleset>')
PYTHON
explain hostile "$scratch" hostile.xml --no-leaks --usage presence
explain hostile-why "$scratch" hostile.xml --usage presence --watcher sip:eve@example.com --at 2026-03-03T12:00:00Z --why-not mood
explain many "$scratch" many.xml --no-leaks

cp "$here/explain.mjs" "$cache/explain.mjs" # beside node_modules, where its import is looked for
node "$cache/explain.mjs" "$chromium" "$scratch" "$pictures"
