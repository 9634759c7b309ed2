// node page-check.mjs FOLDER: opens the pages of check --html that CheckPageIT has written into FOLDER from disk in Chromium, and
// uses them like a reader with a mouse, a keyboard, a phone, a printer, and without JavaScript. Prints one line per check; the
// exit status is 1 if a check fails or after 90 s. If $SCREENSHOTS names a directory, screenshots are saved there.
import { readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { check, deadline } from './checks.mjs';
import { accessible, blocksScripts, openPage } from './html-page.mjs';

const [folder] = process.argv.slice(2);
const timer = deadline(90);
let browser;

const open = (name, options) => openPage(browser, `${folder}/${name}.html`, options);
const SENTENCE = '.sentence';
const oneLine = text => text.replace(/\s+/g, ' ').trim();
const shown = page => page.locator('.case:visible').count();

async function failing() {
  const opened = await open('failing');
  const { page, bad } = opened;
  check('title', await page.title() === 'WebSocket check by wscope');
  check('the verdict', await page.locator(SENTENCE).textContent() === '✗ The server fails 80 of 200 cases.', await page.locator(SENTENCE).textContent());
  const verdict = await page.locator('#verdict').innerText();
  check('all outcomes', verdict.includes('fail 40, hang 40, lenient 40, not judgeable 40, pass 40.'), oneLine(verdict));
  check('what was left out', verdict.includes('Left out: the group patience (--all).'), oneLine(verdict));
  check('no element of a peer', await page.locator('img, #bold, b, i').count() === 0);
  check('scripts', await page.locator('script').count() === 2);
  const unseen = await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069\u0000\u001b\u2028\u2029]/.test(document.getElementById('content').textContent));
  check('no control character is on the page', !unseen);
  const text = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><b id=bold>left \\u{202e}nihton\\u{202c} \\u{0}\\u{1b}[31m \\u{2028}\\u{2029}";
  check('a hostile text is text', (await page.locator('h1').textContent()).includes(text));
  const rows = await page.locator('#groups tbody tr').allInnerTexts();
  check('the groups', rows.length === 3 && oneLine(rows[2]) === 'all 200 40 40 40 40 40', oneLine(rows.join(' ')));
  const widths = await page.locator('#groups .bar').last().evaluate(bar => [...bar.children].map(part => `${part.getAttribute('class')} ${part.getAttribute('width')}`).join(', '));
  check('the bar', widths === 'pass 20, not-judgeable 20, lenient 20, hang 20, fail 20', widths);
  // The causes: two rules or groups for each of fail and hang.
  const causes = await page.locator('#failures > ol > li').count();
  check('causes', causes === 6, `${causes}`);
  await accessible(opened, 'check-wide');
  check('nothing else happens', bad.length === 0, bad.join('\n'));
  await blocksScripts(page);
}

async function filters() {
  const { page, bad } = await open('failing');
  const status = () => page.locator('#counts').textContent();
  check('every case', await shown(page) === 200 && await status() === '200 cases', await status());
  await page.getByRole('button', { name: 'hang 40', exact: true }).click();
  check('an outcome', await shown(page) === 40 && await status() === '40 of 200 cases', await status());
  check('the button is pressed', await page.getByRole('button', { name: 'hang 40', exact: true }).getAttribute('aria-pressed') === 'true');
  await page.getByLabel('Group', { exact: true }).selectOption('close');
  check('an outcome in a group', await shown(page) === 20, await status());
  await page.getByLabel('Contains').fill('CLOSE/hang/1');
  check('a text', await shown(page) === 5, await status());
  await page.locator('#groups').getByRole('button', { name: 'framing' }).click();
  check('a group', await shown(page) === 100, await status());
  check('the focus is on the group', await page.evaluate(() => document.activeElement.id) === 'group');
  await page.locator('#failures summary').first().click();
  const button = page.locator('#failures details[open] button').first();
  const id = await button.textContent();
  await button.click();
  const row = page.locator(`[id="case-${id}"]`);
  check('a failure opens its case', await row.evaluate(each => each.open && each.contains(document.activeElement)));
  const parts = await row.locator('dt').allTextContents();
  check('its parts', ['sent', 'expected', 'came', 'rule', 'section', 'look at', 'again'].every(part => parts.includes(part)), parts.join(', '));
  check('no error', bad.length === 0, bad.join('\n'));
}

async function keyboard() {
  const { page } = await open('fine');
  const focused = () => page.evaluate(() => document.activeElement.closest('.case')?.id ?? '');
  for (let tabs = 0; tabs < 40 && !await focused(); tabs++) await page.keyboard.press('Tab');
  check('Tab reaches the cases', await focused() === 'case-close/pass/0', await focused());
  await page.keyboard.press('Enter');
  check('Enter opens a case', await page.locator('details[open] dl').isVisible());
}

async function others() {
  const fine = await open('fine');
  check('all pass', await fine.page.locator(SENTENCE).textContent() === '✓ The server fails none of 40 cases.', await fine.page.locator(SENTENCE).textContent());
  check('nothing fails', await fine.page.locator('#failures').count() === 0);
  const probe = await open('probe');
  check('the probe fails', await probe.page.locator(SENTENCE).textContent() === '✗ The probe fails at its step "TCP"; no case ran.', await probe.page.locator(SENTENCE).textContent());
  for (const name of readdirSync(folder).filter(each => each.startsWith('cut-'))) {
    const { page, bad, context } = await open(name.replace('.html', ''));
    const text = await page.locator('main').innerText();
    const ok = bad.length === 0 && text.includes('The page was cut off while wscope wrote it') && await page.locator('.sentence.bad').count() === 1;
    check(name, ok, ok ? '' : `${bad.join('\n')} ${text.slice(0, 300)}`);
    await context.close();
  }
  const phone = await open('failing', { viewport: { width: 390, height: 844 } });
  await accessible(phone, 'check-phone');
  const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
  check('a phone need not scroll sideways', width <= 390, `${width}`);
  const dark = await open('failing', { colorScheme: 'dark' });
  await accessible(dark, 'check-dark');
  await dark.page.getByRole('button', { name: 'fail 40', exact: true }).click();
  await dark.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await dark.page.emulateMedia({ media: 'print' });
  check('paper shows what failed', await dark.page.locator('.case dl:visible').count() === 40);
  check('paper names the groups', await dark.page.locator('#groups button:visible').count() === 2);
  await dark.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  check('after paper, cases are closed', await dark.page.locator('.case[open]').count() === 0);
  const without = await open('failing', { javaScriptEnabled: false });
  check('without JavaScript', (await without.page.locator('body').innerText()).includes('needs JavaScript'));
}

try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const part of [failing, filters, keyboard, others]) await part();
} catch (error) {
  check('page', false, error.stack);
} finally {
  await browser?.close();
  clearTimeout(timer);
}
