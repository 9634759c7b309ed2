// node chromium-logged.mjs URL HAR [FLAG...]: sends messages to the echo server at URL (ws: or wss:) with a WebSocket in a
// Chromium page, and closes after their echoes. Playwright writes the file HAR of it; the FLAGs may name a --log-net-log. Runs
// $CHROMIUM or /usr/bin/chromium. Prints a line for each message that the page sends or receives: its direction, its type, and its
// bytes in hex; and the code and the reason of the close.
import { Buffer } from 'node:buffer';
import { chromium } from 'playwright-core';
import { deadline, messages, url } from './checks.mjs';

const server = url();
const [har, ...flags] = process.argv.slice(3);
const timer = deadline(60);

/** Runs in the page: sends the messages (binary ones in base64) and reports what it sends and receives. */
async function talk([address, sent]) {
  const ws = new WebSocket(address);
  ws.binaryType = 'arraybuffer';
  const next = event => new Promise(resolve => ws.addEventListener(event, resolve, { once: true }));
  await next('open');
  const events = [];
  for (const { text, base64 } of sent) {
    const echo = next('message');
    ws.send(text ?? Uint8Array.from(atob(base64), c => c.charCodeAt(0)));
    events.push(['sent', text, base64]);
    const { data } = await echo;
    const isText = typeof data === 'string';
    const bytes = isText ? [] : new Uint8Array(data);
    events.push(['received', isText ? data : undefined, btoa([...bytes].map(b => String.fromCharCode(b)).join(''))]);
  }
  ws.close(4001, 'enough');
  const { code, reason } = await next('close');
  return { events, code, reason };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', ...flags],
});
try {
  const context = await browser.newContext({ recordHar: { path: har } });
  const page = await context.newPage();
  await page.goto(new URL('/', server.replace(/^ws/, 'http')).href);
  const sent = messages.map(([, payload]) => typeof payload === 'string'
    ? { text: payload } : { base64: payload.toString('base64') });
  const { events, code, reason } = await page.evaluate(talk, [server, sent]);
  for (const [direction, text, base64] of events) {
    const bytes = text === undefined ? Buffer.from(base64, 'base64') : Buffer.from(text);
    console.log(`${direction} ${text === undefined ? 'binary' : 'text'} ${bytes.toString('hex')}`);
  }
  console.log(`closed ${code} ${reason}`);
  await context.close();
} finally {
  await browser.close();
  clearTimeout(timer);
}
