// node page-client.mjs URL [FLAG...]: uses the test page of the server at URL (ws: or wss:) in Chromium like a user, who
// finds fields by their labels. Runs $CHROMIUM or /usr/bin/chromium with the FLAGs. Prints one line per check; the exit
// status is 1 if a check fails or after 90 s. If $SCREENSHOTS names a directory, screenshots are saved there.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import WebSocket from 'ws';
import { check, deadline } from './checks.mjs';

const [server, ...flags] = process.argv.slice(2);
const address = server.replace(/^ws/, 'http');
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const timer = deadline(90);
const errors = [];
let browser;

/** Opens a window with the page; returns the actions of a user. */
async function open(options, target = address) {
  const context = await browser.newContext(options);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', error => errors.push(error.message));
  page.on('request', request => request.url() === target || errors.push(`asks for ${request.url()}`));
  const response = await page.goto(target);
  const button = name => page.getByRole('button', { name, exact: true });
  const logged = (log, text) => page.getByRole('log', { name: log }).getByRole('listitem').filter({ hasText: text }).last();
  return {
    page,
    response,
    button,
    set: (label, value) => page.getByLabel(label, { exact: true }).fill(value),
    choose: (label, value) => page.getByLabel(label, { exact: true }).selectOption(value),
    behaviours: () => page.getByText('What the server does on this connection').click(),
    /** Checks that a log gets an entry that contains a text or matches an expression. */
    async see(log, text) {
      const came = await logged(log, text).waitFor({ timeout: 5000 }).then(() => true, () => false);
      const other = came ? '' : await page.getByRole('log', { name: log }).innerText();
      check(`${log}: ${text}`, came, other);
    },
    /** Checks that a log has no shown entry with a text. */
    async notSee(log, text) {
      const entries = page.getByRole('log', { name: log }).getByRole('listitem').filter({ hasText: text });
      const visible = await entries.evaluateAll(all => all.filter(entry => !entry.hidden).length);
      check(`${log} without ${text}`, visible === 0, `${visible} entries`);
    },
    /** Opens an entry of a log, and returns it. */
    async expand(log, text) {
      await logged(log, text).locator('summary').click();
      return logged(log, text);
    },
    /** Checks the page with axe; the script runs outside of the Content-Security-Policy. */
    async accessible(when) {
      const session = await context.newCDPSession(page);
      const run = async expression => {
        const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
        return result.value;
      };
      await run(axe);
      const found = await run('axe.run().then(({ violations, passes }) => ({ passes: passes.length, violations: violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(" ")} ${v.nodes[0].failureSummary}`) }))');
      check(`axe, ${when}`, found.passes > 20 && found.violations.length === 0, `${found.passes} passes; ${found.violations.join('\n')}`);
    },
    picture: name => process.env.SCREENSHOTS
      && page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true }),
  };
}

async function talk() {
  const { page, response, button, set, choose, behaviours, see, picture } = await open({ viewport: { width: 1400, height: 900 } });
  check('page', response.ok(), `status ${response.status()}`);
  await behaviours();
  await set('greet', 'good morning, you');
  await set('fragment', '6');
  const url = await page.locator('#url').textContent();
  check('URL', url === `${server}?fragment=6&greet=good+morning,+you`, url);
  await button('Connect').click();
  await see('This page', /CONNECTED wss?:.*fragment=6&greet=good\+morning,\+you&watched=[0-9a-f]{32}/);
  await see('This page', 'RESPONSE good morning, you');
  await see('The server', /#\d+ = connected from 127\.0\.0\.1/);
  await see('The server', /#\d+ < handshake GET \/\?fragment=6/);
  await see('The server', /#\d+ > handshake HTTP\/1\.1 101 Switching Protocols/);

  await set('Message', 'héllo ☃');
  await page.getByLabel('Message', { exact: true }).press('Enter');
  await see('This page', 'SENT héllo ☃');
  await see('This page', 'RESPONSE héllo ☃');
  await see('The server', /#\d+ < frame 1 text, FIN, masked, \d+ bytes/);
  await see('The server', /#\d+ < message 1 text, 10 bytes in 1 frame {3}"héllo ☃"/);
  await see('The server', /#\d+ > frame \d+ text, FIN 0, not masked, 6 bytes/);

  await choose('Send it as', 'hex');
  await set('Message', '00 ff 7F');
  await button('Send').click();
  await see('This page', 'SENT 3 bytes: 00 ff 7f');
  await see('This page', 'RESPONSE 3 bytes: 00 ff 7f');
  await see('The server', /#\d+ < frame 2 binary, FIN, masked/);
  await set('Message', '0g');
  await button('Send').click();
  await see('This page', 'ERROR not hex bytes such as 01 ff: 0g');

  await page.getByLabel('or send a file as binary').setInputFiles({ name: 'f', mimeType: 'x/y', buffer: Buffer.from('file') });
  await button('Send').click();
  await see('This page', 'RESPONSE 4 bytes: 66 69 6c 65');

  await choose('Send it as', 'text');
  await set('Message', '<img src=x onerror="document.title=1"><b id=bold>');
  await button('Send').click();
  await see('This page', 'RESPONSE <img src=x onerror="document.title=1"><b id=bold>');
  await see('The server', '<img src=x onerror=\\"document.title=1\\"><b id=bold>');
  check('markup stays text', await page.locator('img, #bold').count() === 0 && await page.title() === 'wscope test page');
  await picture('wide');

  await set('Close code', '999');
  await button('Close').click();
  await see('This page', /ERROR .*999/);
  await set('Close code', '4001');
  await set('Reason', 'enough <i>');
  await button('Close').click();
  await see('This page', 'DISCONNECTED 4001 "enough <i>", clean');
  await see('The server', /#\d+ < close 4001 .*"enough <i>"/);
  await see('The server', /#\d+ = closed, clean received 4001 .* sent 4001/);
}

/** Opens a client that is not the page; resolves when the server has accepted it. */
async function stranger(target) {
  const client = new WebSocket(server + target, { perMessageDeflate: false });
  client.on('error', error => check('stranger', false, error.message));
  await once(client, 'open');
  return client;
}

/** All connections of the server, also the one that is open before the page. */
async function watches() {
  const early = await stranger('early');
  const { page, button, choose, set, see, notSee, expand } = await open({ viewport: { width: 1400, height: 900 } });
  await page.getByText('All connections of the server, live').waitFor({ timeout: 5000 });
  await see('The server', /#\d+ = watched open before this page/);
  early.send('from the early one');
  await see('The server', /#\d+ < frame 1 text, FIN, masked, 18 bytes {3}"from the early one"/);
  const late = await stranger('late?token=%3Ci%3E');
  await see('The server', '< handshake GET /late?token=%3Ci%3E HTTP/1.1');
  await see('The server', "'token': not parameters of wscope; left to the client");
  late.send('Hello');

  // RFC 6455 section 5.2: FIN, RSV1 to RSV3, opcode, MASK, length and key, bit by bit.
  const frame = await expand('The server', /#\d+ < frame 1 text, FIN, masked, 5 bytes/);
  const cells = await frame.getByRole('row').evaluateAll(rows => rows.map(row => [...row.cells].map(cell => cell.textContent)));
  const key = (cells.at(-1) || [''])[0].replaceAll(' ', '');
  check('bits', JSON.stringify(cells.slice(1, -1).map(row => row[0])) === '["1","0","0","0","0001","1","0000101"]', JSON.stringify(cells));
  check('bits of the key', key.length === 32 && parseInt(key, 2) === parseInt(cells.at(-1)[2], 16), key);

  await frame.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied the text').waitFor({ timeout: 5000 });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check('copy', copied === 'Hello', copied);
  await frame.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('Not sent: this page is not connected').waitFor({ timeout: 5000 });
  await button('Connect').click();
  await see('This page', 'CONNECTED');
  await frame.getByRole('button', { name: 'Send again' }).click();
  await see('This page', 'SENT Hello');
  const own = await expand('This page', 'RESPONSE Hello');
  await own.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('log', { name: 'This page' }).getByText('Hello').nth(3).waitFor({ timeout: 5000 });

  await choose('Connection', 'own');
  await notSee('The server', 'from the early one');
  await see('The server', /#\d+ < message 1 text, 5 bytes/);
  await choose('Connection', '');
  await choose('Show', 'state');
  await notSee('The server', /frame|handshake/);
  await choose('Show', 'message');
  await see('The server', 'from the early one');
  await set('Contains', 'FROM THE');
  await notSee('The server', 'Hello');
  await see('The server', 'from the early one');
  await set('Contains', '');
  await choose('Show', '');

  await button('Pause').click();
  late.send('while paused');
  await page.getByText(/events waiting/).waitFor({ timeout: 5000 });
  await notSee('The server', 'while paused');
  await button('Pause').click();
  await see('The server', 'while paused');
  await button('Clear').click();
  await page.getByText('0 entries').waitFor({ timeout: 5000 });
  late.close(1000, 'done');
  await see('The server', /#\d+ < close 1000 .*"done"/);
  await choose('Show', 'error');
  early.terminate();
  await see('The server', /#\d+ = closed/);
  await notSee('The server', 'done');
}

/** The form takes its values from the URL of the page; the path keeps what is not a parameter. */
async function prefilled() {
  const query = 'room=1&greet=hi+you&fault=server-frame-masked&reply=nobody';
  const { page, button, set, see } = await open({ viewport: { width: 1400, height: 900 } }, `${address}chat?${query}`);
  const value = label => page.getByLabel(label, { exact: true }).inputValue();
  const values = [await value('Path and query'), await value('greet'), await value('reply')];
  check('values', JSON.stringify(values) === '["/chat?room=1&reply=nobody","hi you",""]', JSON.stringify(values));
  const box = page.getByRole('checkbox', { name: 'server-frame-masked A frame from a server is masked (RFC 6455 §5.1)' });
  check('fault', await box.isChecked() && await box.isVisible());
  await set('Find a rule', 'utf-8');
  const found = await page.getByRole('checkbox').count();
  check('rules found', found > 1 && found < 10 && await box.isVisible(), `${found}`);
  await button('Connect').click();
  await see('This page', /REASON The query of the URL is invalid: reply: .*nobody/);
  await set('Path and query', '/chat?room=1');
  await button('Connect').click();
  await see('This page', /CONNECTED .*\/chat\?room=1&greet=hi\+you&fault=server-frame-masked/);
  await see('The server', /#\d+ > frame 1 text, FIN, masked, \d+ bytes, on purpose: server-frame-masked/);
  await see('This page', 'DISCONNECTED 1006');
}

/** Every window: axe, nothing beyond its width, and every control within reach of the keyboard. */
async function accessible() {
  for (const [width, colorScheme] of [[1400, 'light'], [1400, 'dark'], [360, 'light'], [360, 'dark']]) {
    const name = `${width} ${colorScheme}`;
    const { page, behaviours, button, set, see, expand, accessible: axeOn, picture } = await open({ viewport: { width, height: 800 }, colorScheme });
    await behaviours();
    await set('fragment', '3');
    await button('Connect').click();
    await see('This page', 'CONNECTED');
    await set('Message', 'abcdefgh');
    await button('Send').click();
    await see('This page', 'RESPONSE abcdefgh');
    await expand('The server', /#\d+ < frame 1 text/);
    await expand('This page', 'SENT abcdefgh');
    await axeOn(name);
    await picture(`page-${name.replace(' ', '-')}`);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(`${name}: nothing beyond the width`, beyond <= 0, `${beyond} px`);
    const unreached = await reach(page);
    check(`${name}: keyboard`, unreached === '', unreached);
  }
}

/** Presses Tab until the focus returns; says which controls it missed, or where it could not be seen. */
async function reach(page) {
  const controls = await page.evaluate(() => {
    const all = [...document.querySelectorAll('input, select, textarea, button, summary, [tabindex]')];
    window.left = new Set(all.filter(control => !control.disabled && control.getClientRects().length > 0));
    document.activeElement.blur();
    return window.left.size;
  });
  let unseen = '';
  for (let i = 0; i < controls + 20; i++) {
    await page.keyboard.press('Tab');
    unseen += await page.evaluate(() => {
      const { activeElement: now } = document;
      window.left.delete(now);
      return now === document.body || getComputedStyle(now).outlineStyle !== 'none' ? '' : ` unseen: ${now.id || now.outerHTML.slice(0, 80)}`;
    });
  }
  return unseen + await page.evaluate(() => [...window.left].map(control => control.outerHTML.slice(0, 80)).join(' '));
}

async function rejected() {
  const { page, button, behaviours, set, see, picture } = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await behaviours();
  await set('status', '503:30');
  await button('Connect').click();
  await see('This page', 'ERROR The connection failed.');
  await see('This page', 'DISCONNECTED 1006 (no Close received) "", not clean');
  await see('The server', /#\d+ > handshake rejected HTTP\/1\.1 503 Service Unavailable/);
  await see('This page', /REJECTED 503 Service Unavailable ?rejected with 503, as the status parameter requests/);
  await see('This page', 'REASON The status parameter requests this response.');
  await see('The server', /#\d+ = closed no WebSocket was opened/);
  await set('status', '99');
  await button('Connect').click();
  await see('The server', /#\d+ > handshake rejected HTTP\/1\.1 400 Bad Request/);
  await see('This page', /REASON The query of the URL is invalid: status: .*99/);
  await set('status', '');
  await page.getByRole('checkbox', { name: /^accept-wrong / }).check();
  await button('Connect').click();
  await see('This page', 'BROKEN The response of the server breaks accept-wrong');
  await page.getByRole('checkbox', { name: /^accept-wrong / }).uncheck();
  await button('Connect').click();
  await see('This page', 'CONNECTED');
  await set('Message', 'from a phone');
  await button('Send').click();
  await see('This page', 'RESPONSE from a phone');
  await picture('narrow');
}

async function chat() {
  const windows = [await open(), await open()];
  for (const { choose, behaviours, button, see } of windows) {
    await behaviours();
    await choose('reply', 'others');
    await button('Connect').click();
    await see('This page', 'CONNECTED');
  }
  const [one, other] = windows;
  await one.set('Message', 'hello, other');
  await one.button('Send').click();
  await other.see('This page', 'RESPONSE hello, other');
  await other.set('Message', 'hello, one');
  await other.button('Send').click();
  await one.see('This page', 'RESPONSE hello, one');
  const own = await one.page.getByRole('log', { name: 'This page' }).innerText();
  check('a client does not receive its own message', !own.includes('RESPONSE hello, other'));
}

try {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...flags],
  });
  for (const scene of [talk, rejected, chat, watches, prefilled, accessible]) {
    await scene();
    for (const context of browser.contexts()) await context.close();
  }
  // A browser logs a failed handshake, and a broken rule, to its console.
  const unexpected = errors.filter(text => !/^WebSocket connection to .* failed: .*( (400|503)|must not mask any frames .*|Incorrect 'Sec-WebSocket-Accept' header value)$/.test(text));
  check('the browser logs no other error', unexpected.length === 0, unexpected.join('; '));
} catch (error) {
  check('run', false, error.message);
} finally {
  await browser?.close();
  clearTimeout(timer);
}
