// node chromium-faults.mjs URL FAULT...: asks the server at URL for one fault after another, and prints how a page in
// Chromium reacts: the fault, " | ", and the message in its console; "accepted" if there is none; "waits" if a reply is
// missing. Runs $CHROMIUM or /usr/bin/chromium.
import http from 'node:http';
import { chromium } from 'playwright-core';
import { deadline, url } from './checks.mjs';

const WAIT = 2000; // milliseconds
const server = url();
const timer = deadline(170);

/** Runs in the page: sends two messages; the outcome is known when their echoes arrive, or when the connection closes. */
function talk([target, wait]) {
  return new Promise(resolve => {
    const ws = new WebSocket(target, ['chat']);
    let received = 0;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ws.close(1000);
    }, wait);
    ws.onopen = () => {
      ws.send('hello');
      ws.send('hello');
    };
    ws.onmessage = () => {
      received++;
      if (received === 2) setTimeout(() => ws.close(1000), 50);
    };
    ws.onclose = event => {
      clearTimeout(timer);
      resolve(late || !event.wasClean ? 'waits' : 'accepted');
    };
  });
}

// The page comes from another port, so that the server sees only WebSockets.
const pages = http.createServer((request, response) => response.end()).listen(0, '127.0.0.1');
await new Promise(resolve => pages.on('listening', resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  let message;
  page.on('console', line => {
    message ??= line.text().replace(/^WebSocket connection to '[^']*' failed: /, '');
  });
  await page.goto(`http://127.0.0.1:${pages.address().port}/`);
  for (const fault of process.argv.slice(3)) {
    message = undefined;
    const outcome = await page.evaluate(talk, [`${server}?fault=${fault}`, WAIT]);
    // The console is written to before the close event, but arrives on another way.
    await page.evaluate(() => 0);
    console.log(`${fault} | ${message ?? outcome}`);
  }
} finally {
  await browser.close();
  pages.close();
  clearTimeout(timer);
}
