// node page-client.mjs URL [FLAG...]: uses the test page of the server at URL (ws: or wss:) in Chromium like a user, who
// finds fields by their labels. Runs $CHROMIUM or /usr/bin/chromium with the FLAGs. Prints one line per check; the exit
// status is 1 if a check fails or after 60 s. If $SCREENSHOTS names a directory, screenshots are saved there.
import { Buffer } from 'node:buffer';
import { chromium } from 'playwright-core';
import { check, deadline } from './checks.mjs';

const [server, ...flags] = process.argv.slice(2);
const address = server.replace(/^ws/, 'http');
const timer = deadline(60);
const errors = [];
let browser;

/** Opens a window with the page; returns the actions of a user. */
async function open(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', error => errors.push(error.message));
  page.on('request', request => request.url() === address || errors.push(`asks for ${request.url()}`));
  const response = await page.goto(address);
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

async function rejected() {
  const { button, behaviours, set, see, picture } = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await behaviours();
  await set('status', '503:30');
  await button('Connect').click();
  await see('This page', 'ERROR The connection failed.');
  await see('This page', 'DISCONNECTED 1006 (no Close received) "", not clean');
  await see('The server', /#\d+ > handshake rejected HTTP\/1\.1 503 Service Unavailable/);
  await see('The server', /#\d+ = closed no WebSocket was opened/);
  await set('status', '99');
  await button('Connect').click();
  await see('The server', /#\d+ > handshake rejected HTTP\/1\.1 400 Bad Request/);
  await set('status', '');
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
  await talk();
  await rejected();
  await chat();
  // A browser logs a failed handshake to its console.
  const unexpected = errors.filter(text => !/^WebSocket connection to .* failed: .* (400|503)$/.test(text));
  check('the browser logs no other error', unexpected.length === 0, unexpected.join('; '));
} catch (error) {
  check('run', false, error.message);
} finally {
  await browser?.close();
  clearTimeout(timer);
}
