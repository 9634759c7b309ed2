// node chromium-client.mjs URL [FLAG...]: checks the echo server at URL with a WebSocket in a Chromium page: page,
// messages, close. The page is that of $PAGE, or of URL. Runs $CHROMIUM or /usr/bin/chromium with the FLAGs. Prints one line per check; the exit status is 1 if
// a check fails or after 60 s.
import { chromium } from 'playwright-core';
import { check, deadline, messages, url } from './checks.mjs';

const server = url();
const timer = deadline(60);
let browser;

/** Runs in the page: sends the messages (binary ones in base64) and checks their echoes; check is exposed below. */
async function talk([url, sent]) {
  const ws = new WebSocket(url);
  ws.binaryType = 'arraybuffer';
  let received = 0;
  ws.addEventListener('message', () => received++);
  const closed = new Promise(resolve => ws.addEventListener('close', resolve));
  const next = event => Promise.race([
    new Promise(resolve => ws.addEventListener(event, resolve, { once: true })),
    closed.then(({ code, reason }) => { throw new Error(`connection closed early, ${code} "${reason}"`); }),
  ]);
  try {
    await next('open');
    await check('open', true, `extensions "${ws.extensions}"`);
    for (const { name, text, base64 } of sent) {
      const bytes = base64 === undefined ? undefined : Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      const echo = next('message');
      ws.send(bytes ?? text);
      const { data } = await echo;
      const isText = typeof data === 'string';
      const back = isText ? data : new Uint8Array(data);
      await check(name, bytes
        ? !isText && back.length === bytes.length && bytes.every((b, i) => b === back[i])
        : data === text, `${isText ? 'text' : 'binary'} of length ${back.length} back`);
    }
    ws.close(1000, 'bye');
    const { wasClean, code, reason } = await closed;
    await check('close', wasClean && code === 1000 && reason === 'bye', `clean ${wasClean}, ${code} "${reason}"`);
    await check('message count', received === sent.length, `${received} received`);
  } catch (error) {
    await check('run', false, error.message);
  }
}

try {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...process.argv.slice(3)],
  });
  check('browser', true, browser.version());
  const page = await browser.newPage();
  await page.exposeFunction('check', check);
  const response = await page.goto(process.env.PAGE || server.replace(/^ws/, 'http'));
  check('page', response.ok(), `status ${response.status()}`);
  const sent = messages.map(([name, payload]) => typeof payload === 'string'
    ? { name, text: payload } : { name, base64: payload.toString('base64') });
  await page.evaluate(talk, [server, sent]);
} catch (error) {
  check('run', false, error.message);
} finally {
  await browser?.close();
  clearTimeout(timer);
}
