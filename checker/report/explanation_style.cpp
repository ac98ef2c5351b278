#include "report/explanation_style.h"

namespace presproof::report {

const std::string_view kExplanationStyle = R"(
:root {
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d2330; --soft: #525b6b; --line: #d9d5cc; --accent: #1f5f8b; --on-accent: #ffffff;
  --yes: #17633a; --some: #7a4a00; --no: #5d6470; --bad: #a1261c; --fill: #1f5f8b33; --own: #b4530966; --region: #17633a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171d; --card: #1b2028; --ink: #e7e9ee; --soft: #aab2c0; --line: #363d49; --accent: #7cc0ee; --on-accent: #10151c;
    --yes: #7fd6a2; --some: #f0bd6c; --no: #a3abb8; --bad: #ff9d92; --fill: #7cc0ee33; --own: #f0bd6c59; --region: #7fd6a2;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper); }
body { margin: 0; overflow-wrap: anywhere; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: clamp(1.7rem, 4vw, 2.5rem); line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; margin: 2.8rem 0 .6rem; letter-spacing: -.01em; }
h3 { font-size: 1.02rem; margin: 0; }
p { margin: .35rem 0; max-width: 68ch; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
code { font: .92em ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
nav ul { list-style: none; padding: 0; margin: 1.2rem 0 0; display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; }
.facts { display: flex; flex-wrap: wrap; gap: .8rem; padding: 0; margin: 1.2rem 0 0; list-style: none; }
.facts li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .55rem .9rem; min-width: 8rem; }
.facts strong { display: block; font-size: 1.35rem; line-height: 1.2; }
.rules { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
.rule { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
.fold .rule { content-visibility: auto; contain-intrinsic-size: auto 9rem; }
.rule .remark { color: var(--bad); font-weight: 600; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; padding: .6rem .8rem 0; color: var(--soft); font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; white-space: nowrap; }
tbody th { font-weight: 600; min-width: min(16rem, 42vw); }
th .soft { font-weight: 400; }
td { min-width: 7rem; }
td ul { margin: .2rem 0; padding-left: 1.1rem; }
.fold tbody tr { content-visibility: auto; }
.yes { color: var(--yes); }
.some { color: var(--some); }
.no { color: var(--no); }
.bad { color: var(--bad); }
.kept { color: var(--yes); }
.yes::before { content: "● " / ""; }
td .some::before, td.some::before { content: "◐ " / ""; }
.no::before { content: "○ " / ""; }
.kept::before { content: "✓ " / ""; }
td.bad::before { content: "✕ " / ""; }
details summary { cursor: pointer; color: var(--accent); }
details.fold { margin: .5rem 0; }
details.fold > summary { padding: .3rem 0; }
.why { min-width: 5rem; }
.why:has([open]) { min-width: 20rem; }
@media (min-width: 48rem) {
  #watchers tbody th, #watchers thead th:first-child { position: sticky; left: 0; background: var(--card); }
}
.tools { display: none; flex-wrap: wrap; gap: .6rem; align-items: center; margin: .6rem 0; }
.scripted .tools { display: flex; }
input[type=search] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: .4rem; padding: .35rem .6rem; width: min(100%, 22rem); }
th button { font: inherit; font-weight: 700; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline dotted; }
[hidden] { display: none; }
figure { margin: .8rem 0; }
figcaption { color: var(--soft); font-size: .9rem; max-width: 68ch; }
svg { width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; display: block; }
.scroll svg { border: 0; min-width: 40rem; }
.maps { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .cell { fill: none; stroke: var(--soft); stroke-width: .7; }
svg .own { fill: var(--own); stroke: var(--some); stroke-width: 1.4; }
svg .shown { fill: var(--fill); stroke: var(--accent); stroke-width: 2; }
svg .region { fill: none; stroke: var(--region); stroke-width: 2; stroke-dasharray: 6 4; }
svg .place { stroke: var(--bad); stroke-width: 2.5; }
svg .bar { fill: var(--accent); }
svg .moment { stroke: var(--some); stroke-width: 1; stroke-dasharray: 3 3; }
footer { margin-top: 3rem; padding-bottom: 3rem; color: var(--soft); font-size: .9rem; }
@media print {
  html { font-size: 11pt; background: #fff; }
  .tools, nav, .skip { display: none; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .rule, .fold .rule, tbody tr, .fold tbody tr { content-visibility: visible; break-inside: avoid; }
}
)";

const std::string_view kExplanationScript = R"(
'use strict';
document.documentElement.classList.add('scripted');
const rows = Array.from(document.querySelectorAll('#watchers tbody tr'));
const folds = Array.from(document.querySelectorAll('#watchers details.fold'));
const filter = document.getElementById('filter');
const count = document.getElementById('count');
const texts = new Map();
const textOf = row => {
  if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
  return texts.get(row);
};
const apply = () => {
  const wanted = filter.value.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    row.hidden = wanted !== '' ? !textOf(row).includes(wanted) : false;
    if (!row.hidden) shown += 1;
  }
  for (const fold of folds) {
    const some = Array.from(fold.querySelectorAll('tbody tr')).some(row => !row.hidden);
    fold.hidden = !some;
    fold.open = wanted !== '' ? some : fold.dataset.open === 'yes';
  }
  count.textContent = shown + ' of ' + rows.length + ' rows';
};
if (filter) filter.addEventListener('input', apply);
for (const table of document.querySelectorAll('table')) {
  for (const head of table.querySelectorAll('thead th')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.title = 'Sort by this column';
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.querySelectorAll('thead th')) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const body = table.tBodies[0];
      const key = row => row.cells[head.cellIndex].dataset.sort || row.cells[head.cellIndex].textContent.trim();
      const sorted = Array.from(body.rows).map(row => [key(row), row]);
      sorted.sort((a, b) => a[0].localeCompare(b[0], 'en', {numeric: true}));
      if (down) sorted.reverse();
      body.append(...sorted.map(pair => pair[1]));
    });
  }
}
let unfolded = [];
window.addEventListener('beforeprint', () => {
  unfolded = Array.from(document.querySelectorAll('details:not([open])'));
  for (const each of unfolded) each.open = true;
});
window.addEventListener('afterprint', () => {
  for (const each of unfolded) each.open = false;
  unfolded = [];
});
)";

}  // namespace presproof::report
