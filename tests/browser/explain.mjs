// Usage: node explain.mjs <chromium> <folder with the pages> [<folder for screenshots>]; see explain.sh.
import { chromium } from 'playwright-core';
import { pathToFileURL } from 'node:url';

const [executablePath, folder, pictures] = process.argv.slice(2);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const address = name => pathToFileURL(`${folder}/${name}.html`).href;
const failures = [];
let checks = 0;

const check = (holds, message) => {
  checks += 1;
  if (!holds) failures.push(message);
};

// A page that tells of every error and every request but the one for itself.
const open = async (browser, name, options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', message => check(!['error', 'warning'].includes(message.type()), `${name}: the console says ${message.text()}`));
  page.on('pageerror', error => check(false, `${name}: ${error}`));
  page.on('request', request => check(request.url() === address(name), `${name}: asks for ${request.url()}`));
  await page.goto(address(name));
  return page;
};

const structure = async (page, name) => {
  const found = await page.evaluate(() => {
    const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4')).map(heading => Number(heading.tagName[1]));
    return {
      language: document.documentElement.lang,
      headings: levels.filter(level => level === 1).length === 1 && levels.every((level, i) => i === 0 || level - levels[i - 1] <= 1),
      tables: Array.from(document.querySelectorAll('table')).every(
        table => table.caption && table.tHead && Array.from(table.tHead.rows[0].cells).every(cell => cell.tagName === 'TH' && cell.scope === 'col') &&
          Array.from(table.tBodies[0].rows).every(row => row.cells[0].tagName === 'TH' && row.cells[0].scope === 'row')),
      pictures: Array.from(document.querySelectorAll('svg[role=img]')).every(svg => svg.querySelector('title')?.textContent),
      links: Array.from(document.querySelectorAll('a[href^="#"]')).every(link => document.getElementById(link.hash.slice(1))),
      labels: Array.from(document.querySelectorAll('input')).every(input => input.labels.length === 1),
    };
  });
  for (const [what, holds] of Object.entries(found)) check(holds, `${name}: ${what} are not as they should be`);
};

// WCAG 2.1, 1.4.3: the contrast of text with what is behind it.
const contrast = async (page, name) => {
  const worst = await page.evaluate(() => {
    const channels = color => color.match(/[\d.]+/g).map(Number);
    const luminance = rgb => {
      const [r, g, b] = rgb.slice(0, 3).map(c => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
      for (let each = element; each; each = each.parentElement) {
        const color = channels(getComputedStyle(each).backgroundColor);
        if (color.length === 3 || color[3] === 1) return color;
      }
      return [255, 255, 255];
    };
    let least = { ratio: 21, text: '' };
    for (const element of document.querySelectorAll('h1, h2, h3, p, a, li, th, td, td span, caption, summary, figcaption, label, button')) {
      if (!element.textContent.trim() || !element.getClientRects().length) continue;
      const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < least.ratio) least = { ratio, text: element.textContent.slice(0, 40) };
    }
    return least;
  });
  check(worst.ratio >= 4.5, `${name}: contrast ${worst.ratio.toFixed(2)} at ${JSON.stringify(worst.text)}`);
};

const fits = async (browser, name) => {
  for (const [width, colorScheme] of [[400, 'light'], [900, 'dark'], [1600, 'light'], [1600, 'dark']]) {
    const page = await open(browser, name, { viewport: { width, height: 900 }, colorScheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(over <= 0, `${name}: ${over} pixels too wide for ${width}`);
    await contrast(page, `${name} in ${colorScheme}`);
    if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    await page.context().close();
  }
};

const works = async browser => {
  const page = await open(browser, 'friends');
  await structure(page, 'friends');
  const shown = () => page.locator('#watchers tbody tr:visible').count();
  const all = await shown();
  await page.fill('#filter', 'MALLORY');
  check(all > 2 && (await shown()) < all && (await shown()) > 0, 'friends: the filter does not filter');
  check((await page.locator('#watchers tbody tr:visible').first().textContent()).includes('mallory'), 'friends: the filter shows another row');
  await page.fill('#filter', '');
  check((await shown()) === all, 'friends: an empty filter hides rows');
  const names = () => page.locator('#watchers tbody tr th').allTextContents();
  const before = await names();
  await page.locator('#watchers thead th button').first().click();
  const up = await names();
  check(JSON.stringify(up) === JSON.stringify([...before].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))), 'friends: sorting does not sort');
  await page.locator('#watchers thead th button').first().click();
  check(JSON.stringify(await names()) === JSON.stringify(up.reverse()), 'friends: sorting again does not turn the order around');
  check((await page.locator('#watchers thead th').first().getAttribute('aria-sort')) === 'descending', 'friends: the order is not told');
  // By the keyboard alone: the skip link comes first, and a derivation opens.
  await page.reload();
  await page.keyboard.press('Tab');
  check((await page.evaluate(() => document.activeElement.className)) === 'skip', 'friends: the first stop is not the skip link');
  await page.locator('#watchers details summary').first().focus();
  await page.keyboard.press('Enter');
  check(await page.locator('#watchers details ul').first().isVisible(), 'friends: a derivation does not open');
  await page.context().close();
};

const readable = async browser => {
  const page = await open(browser, 'friends', { javaScriptEnabled: false });
  check(await page.locator('#watchers tbody tr').last().isVisible(), 'without script: rows are missing');
  check(!(await page.locator('#filter').isVisible()), 'without script: the filter shows');
  await page.emulateMedia({ media: 'print' });
  check(!(await page.locator('nav').isVisible()), 'printed: the navigation shows');
  check(await page.locator('#watchers details ul').first().isVisible(), 'printed without script: a derivation stays folded');
  await page.context().close();
};

const inert = async (browser, name) => {
  const page = await open(browser, name);
  await structure(page, name);
  const found = await page.evaluate(() => ({
    broken: window.broken,
    scripts: document.scripts.length,
    images: document.images.length,
    handlers: Array.from(document.querySelectorAll('*')).filter(each => each.getAttributeNames().some(attribute => attribute.startsWith('on'))).length,
    text: document.body.textContent.includes('<script>window.broken = 1</script>'),
    override: document.body.textContent.includes('\u202e'),
    length: document.body.textContent.length,
  }));
  check(found.broken === undefined && found.scripts <= 1 && found.images === 0 && found.handlers === 0, `${name}: text became markup: ${JSON.stringify(found)}`);
  check(found.text && !found.override, `${name}: the text is not shown as text`);
  check(found.length < 200_000, `${name}: long names are not cut: ${found.length} characters`);
  await page.context().close();
};

const folded = async browser => {
  const page = await open(browser, 'many');
  const [entry] = await page.evaluate(() => performance.getEntriesByType('navigation').map(each => ({ ready: each.domContentLoadedEventEnd, loaded: each.loadEventEnd })));
  console.log(`2,000 rules: ready after ${Math.round(entry.ready)} ms, loaded after ${Math.round(entry.loaded)} ms`);
  check((await page.locator('#watchers tbody tr:visible').count()) < 100, 'many: nothing is folded');
  await page.fill('#filter', 'user1999@');
  check((await page.locator('#watchers tbody tr:visible').count()) === 1, 'many: the filter does not open the fold');
  await page.context().close();
};

const browser = await chromium.launch({ executablePath, args: flags });
try {
  await works(browser);
  await readable(browser);
  await inert(browser, 'hostile');
  await inert(browser, 'hostile-why');
  await folded(browser);
  for (const name of ['friends', 'party', 'fair', 'server', 'why', 'hostile']) await fits(browser, name);
} finally {
  await browser.close();
}
for (const failure of failures) console.error(failure);
console.log(`${checks} checks, ${failures.length} failed`);
process.exit(failures.length > 0 || checks < 50 ? 1 : 0);
