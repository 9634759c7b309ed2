// node page-report.mjs FOLDER: opens the pages of --html that ReportPageIT has written into FOLDER from disk in Chromium, and
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

async function hostile() {
  const opened = await open('hostile');
  const { page, bad } = opened;
  check('title', await page.title() === 'WebSocket report by wscope');
  check('no element of a peer', await page.locator('img, #bold, #italic, b, i').count() === 0);
  check('scripts', await page.locator('script').count() === 2);
  const text = await page.locator('body').innerText();
  check('the target is text', text.includes("GET /<script>document.title='owned'</script> HTTP/1.1"));
  check('the command is text', text.includes("</script><script>document.title="));
  check('Cookie is redacted', text.includes('[redacted]') && !(await page.content()).includes('hidden=value'));
  check('redactions are named', text.includes('Redacted: header cookie 1'));
  const rows = await page.locator('.row').count();
  check('rows', rows === 9, `${rows}`);
  const shown = [];
  for (let row = 1; row < rows; row++) {
    await page.locator(`#row-${row}`).click();
    shown.push(await page.locator('#detail pre').first().textContent());
    for (const form of await page.locator('#detail .choice button').all()) await form.click();
  }
  check('script in a payload is text', shown[0] === "</script><script>document.title='owned'</script>", shown[0]);
  check('markup in a payload is text', shown[1] === '<img src=x onerror="document.title=\'owned\'"><b id=bold>', shown[1]);
  check('bidi controls, NUL and ESC can be seen', shown[4] === 'left \\u{202e}gnihton\\u{202c} right \\u{2066}x\\u{2069} \\u{0}\\u{1b}[31m', shown[4]);
  check('JSON is pretty only on request', shown[5] === '{"__proto__":{"x":1},"constructor":"<b id=bold>"}', shown[5]);
  check('line separators can be seen', shown[6] === '\\u{2028}\\u{2029}${alert(1)}`', shown[6]);
  check('60,000 lines', shown[7] === '\n'.repeat(60_000));
  const unseen = await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069\u0000\u001b]/.test(document.getElementById('content').textContent));
  check('no control character is on the page', !unseen);
  await page.locator('#row-5').click();
  await accessible(opened, 'report-wide');
  check('nothing else happens', await page.title() === 'WebSocket report by wscope' && bad.length === 0, bad.join('\n'));
  await blocksScripts(page);
}

async function keyboard() {
  const { page, bad } = await open('hostile');
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  for (let tabs = 0; tabs < 60 && await focused() !== 'frames'; tabs++) await page.keyboard.press('Tab');
  check('Tab reaches the list', await focused() === 'frames', await focused());
  const heading = () => page.locator('#detail h3').first().textContent();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  check('ArrowDown', await heading() === 'Frame 1, client to server: text', await heading());
  await page.keyboard.press('End');
  check('End', await heading() === 'Frame 8, client to server: text', await heading());
  const active = await page.evaluate(() => document.getElementById(document.getElementById('frames').getAttribute('aria-activedescendant')).getAttribute('aria-selected'));
  check('the active option is the selected one', active === 'true', active);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  check('Home', await heading() === 'handshake, client to server', await heading());
  await page.getByLabel('Contains').fill('img');
  check('search', await page.locator('#counts').textContent() === '2 of 9 rows', await page.locator('#counts').textContent());
  await page.getByLabel('Contains').fill('');
  await page.getByLabel('Show').selectOption('event');
  check('filter', await page.locator('#counts').textContent() === '1 of 9 rows', await page.locator('#counts').textContent());
  check('no error', bad.length === 0, bad.join('\n'));
}

async function many() {
  const opened = await open('many');
  const { page, bad } = opened;
  const rows = () => page.locator('.row').count();
  check('few rows exist', await rows() < 60, `${await rows()}`);
  check('all rows are counted', await page.locator('#counts').textContent() === '100,000 rows', await page.locator('#counts').textContent());
  await page.locator('#frames').focus();
  await page.keyboard.press('End');
  check('the last frame', await page.locator('#detail pre').first().textContent() === 'message 100000');
  await page.locator('#frames').evaluate(box => { box.scrollTop = box.scrollHeight / 2; });
  await page.locator('#row-50000').waitFor({ timeout: 5000 });
  check('still few rows', await rows() < 60, `${await rows()}`);
  const seen = await page.locator('#row-50000').evaluate(row => {
    const [a, b] = [row.getBoundingClientRect(), row.closest('#frames').getBoundingClientRect()];
    return a.top >= b.top - a.height && a.bottom <= b.bottom + a.height;
  });
  check('the middle row is in view', seen);
  // Each position of a long scroll draws only what is in view.
  const nodes = await page.locator('#frames').evaluate(async box => {
    let most = 0;
    for (let step = 0; step < 200; step++) {
      box.scrollTop = box.scrollHeight * step / 200;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, box.querySelectorAll('*').length);
    }
    return most;
  });
  check('scrolling keeps the document small', nodes < 600, `${nodes}`);
  const marks = await page.locator('.timeline *').count();
  check('the timeline is bounded', marks < 1500, `${marks}`);
  await page.getByLabel('Contains').fill('message 99999');
  check('search among 100,000', await page.locator('#counts').textContent() === '1 of 100,000 rows', await page.locator('#counts').textContent());
  await page.getByLabel('Contains').fill('');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  check('paper holds 2,000 rows', await page.locator('.printed li').count() === 2000);
  check('paper says how many it lacks', (await page.locator('main').innerText()).includes('98,000 more rows'));
  check('no error', bad.length === 0, bad.join('\n'));
}

/** A page whose writing was cut off anywhere opens, and says so. */
async function cut() {
  for (const name of readdirSync(folder).filter(each => each.startsWith('cut-'))) {
    const { page, bad, context } = await open(name.replace('.html', ''));
    const text = await page.locator('main').innerText();
    const ok = bad.length === 0 && text.includes('Verdict') && text.includes('The page was cut off while wscope wrote it');
    check(name, ok, ok ? '' : `${bad.join('\n')} ${text.slice(0, 200)}`);
    await context.close();
  }
}

async function otherReaders() {
  const phone = await open('hostile', { viewport: { width: 390, height: 844 } });
  await phone.page.locator('#row-1').click();
  await accessible(phone, 'report-phone');
  const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
  check('a phone need not scroll sideways', width <= 390, `${width}`);
  const dark = await open('hostile', { colorScheme: 'dark' });
  await dark.page.locator('#row-2').click();
  await accessible(dark, 'report-dark');
  const without = await open('hostile', { javaScriptEnabled: false });
  check('without JavaScript', (await without.page.locator('body').innerText()).includes('needs JavaScript'));
}

try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const part of [hostile, keyboard, many, cut, otherReaders]) await part();
} catch (error) {
  check('page', false, error.stack);
} finally {
  await browser?.close();
  clearTimeout(timer);
}
