// node ws-client.mjs URL [PROXY]: checks the echo server at URL with Node's ws, which offers permessage-deflate:
// messages, ping, close; through the HTTP proxy at the URL PROXY, if there is one. Prints one line per check; the exit status
// is 1 if a check fails or after 20 s.
import { once } from 'node:events';
import { HttpsProxyAgent } from 'https-proxy-agent';
import WebSocket from 'ws';
import { check, deadline, messages, url } from './checks.mjs';

const proxy = process.argv[3];
const ws = new WebSocket(url(), proxy === undefined ? {} : { agent: new HttpsProxyAgent(proxy) });
const timer = deadline(20);
const disconnected = new AbortController(); // ends every wait when the connection ends
const closed = new Promise(resolve => ws.on('close', (code, reason) => {
  disconnected.abort();
  resolve(`${code} "${reason}"`);
}));
let received = 0;
ws.on('message', () => received++);
ws.on('error', error => check('connection', false, error.message));

/** Sends something and waits for an event; returns the arguments of the event. */
async function reply(event, send) {
  const replied = once(ws, event, { signal: disconnected.signal });
  send();
  return replied;
}

try {
  await once(ws, 'open', { signal: disconnected.signal });
  check('open', true, `extensions "${ws.extensions}"`);

  for (const [name, payload] of messages) {
    const [data, binary] = await reply('message', () => ws.send(payload));
    check(name, binary === (typeof payload !== 'string') && data.equals(Buffer.from(payload)),
      `${binary ? 'binary' : 'text'} of ${data.length} bytes back`);
  }

  const payload = Buffer.from('ping ☃');
  const [pong] = await reply('pong', () => ws.ping(payload));
  check('ping', pong.equals(payload), `pong of ${pong.length} bytes back`);

  ws.close(1000, 'bye');
  const close = await closed;
  check('close', close === '1000 "bye"', close);
  check('message count', received === messages.length, `${received} received`);
} catch (error) {
  check('run', false, disconnected.signal.aborted ? `connection closed early, ${await closed}` : error.message);
} finally {
  ws.terminate();
  clearTimeout(timer);
}
