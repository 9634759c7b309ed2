// node ws-client.mjs URL: checks the echo server at URL with Node's ws (permessage-deflate offered):
// messages, ping, close. One line per check; status 1 on any difference or after 20 s.
import { once } from 'node:events';
import WebSocket from 'ws';
import { check, deadline, messages, url } from './checks.mjs';

const ws = new WebSocket(url());
const timer = deadline(20);
const gone = new AbortController(); // ends every wait when the connection is closed
const closed = new Promise(resolve => ws.on('close', (code, reason) => {
  gone.abort();
  resolve(`${code} "${reason}"`);
}));
let received = 0;
ws.on('message', () => received++);
ws.on('error', error => check('connection', false, error.message));

/** Sends something and returns the arguments of the event that answers it. */
async function answer(event, send) {
  const answered = once(ws, event, { signal: gone.signal });
  send();
  return answered;
}

try {
  await once(ws, 'open', { signal: gone.signal });
  check('open', true, `extensions "${ws.extensions}"`);

  for (const [name, payload] of messages) {
    const [data, binary] = await answer('message', () => ws.send(payload));
    check(name, binary === (typeof payload !== 'string') && data.equals(Buffer.from(payload)),
      `${binary ? 'binary' : 'text'} of ${data.length} bytes back`);
  }

  const payload = Buffer.from('ping ☃');
  const [pong] = await answer('pong', () => ws.ping(payload));
  check('ping', pong.equals(payload), `pong of ${pong.length} bytes back`);

  ws.close(1000, 'bye');
  const close = await closed;
  check('close', close === '1000 "bye"', close);
  check('message count', received === messages.length, `${received} received`);
} catch (error) {
  check('run', false, gone.signal.aborted ? `connection closed early, ${await closed}` : error.message);
} finally {
  ws.terminate();
  clearTimeout(timer);
}
