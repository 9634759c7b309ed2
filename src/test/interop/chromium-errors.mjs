// node chromium-errors.mjs URL QUERY...: opens a WebSocket in a Chromium page at URL for one query after another, and
// prints what the console of the browser shows: the query, " | ", and the text; nothing for a query without an error. The
// queries without "=" are those of ws-errors.mjs; besides, "policy" connects to a port that the page forbids, "port" to one
// that browsers block, "scheme" opens a WebSocket with an ftp URL, and "code" closes with 1006. Runs $CHROMIUM or
// /usr/bin/chromium.
import { chromium } from 'playwright-core';
import { deadline, refused, url } from './checks.mjs';

const server = url();
const timer = deadline(120);
let texts = [];

/** Runs in the page: a connection from its start to its end, at most 2 s. */
async function run([server, query, refused]) {
  const plain = !query.includes('=');
  const address = { refused, policy: refused, port: 'ws://127.0.0.1:6667/', scheme: 'ftp://127.0.0.1/' }[query] ?? `${server}${plain ? '' : `?${query}`}`;
  try {
    const ws = new WebSocket(address, [query === 'other' ? 'other' : 'chat']);
    const closed = new Promise(resolve => {
      ws.onclose = resolve;
      setTimeout(() => { ws.close(); resolve(); }, 2000);
    });
    ws.onopen = () => {
      ws.send('hello');
      ws.send('hello');
      setTimeout(() => ws.close(), 500);
    };
    if (query === 'early') {
      ws.close();
    }
    if (query === 'connecting') {
      ws.send('x');
    }
    if (query === 'code') {
      ws.close(1006);
    }
    await closed;
    if (query === 'closed') {
      ws.send('x');
    }
  } catch (error) {
    console.error(String(error));
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  page.on('console', message => ['error', 'warning'].includes(message.type()) && texts.push(message.text()));
  for (const query of process.argv.slice(3)) {
    // The policy of the test page forbids other ports.
    await page.goto(['refused', 'port'].includes(query) ? 'about:blank' : server.replace(/^ws/, 'http'));
    texts = [];
    await page.evaluate(run, [server, query, await refused()]);
    // The console reports through another channel than the page.
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 50)));
    for (const text of texts) {
      console.log(`${query} | ${text.replaceAll('\n', ' ')}`);
    }
  }
} finally {
  await browser.close();
  clearTimeout(timer);
}
