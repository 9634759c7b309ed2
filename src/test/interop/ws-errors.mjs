// node ws-errors.mjs URL QUERY...: opens a WebSocket with Node's ws at URL for one query after another, and prints what a
// user would see: the query, " | ", and the text of the error; nothing for a query without an error. The query "refused"
// connects to a port where nothing listens, "other" offers a subprotocol that the server does not accept, "early" closes
// before the handshake ends, "connecting" and "closed" send too early and too late, and "limit" accepts 4 bytes only.
import WebSocket from 'ws';
import { refused, url } from './checks.mjs';

const WAIT = 2000; // milliseconds
const server = url();

/** The first error of a connection; undefined if there is none. */
async function error(query) {
  const plain = !query.includes('=');
  const ws = new WebSocket(query === 'refused' ? await refused() : `${server}${plain ? '' : `?${query}`}`,
    [query === 'other' ? 'other' : 'chat'], query === 'limit' ? { maxPayload: 4 } : {});
  const timer = setTimeout(() => ws.terminate(), WAIT);
  let first;
  ws.on('error', e => { first ??= e; });
  ws.on('open', () => {
    ws.send('hello');
    ws.send('hello');
    ws.ping();
  });
  ws.on('pong', () => ws.close(1000));
  const closed = new Promise(resolve => ws.on('close', resolve));
  if (query === 'early') {
    ws.close();
  }
  if (query === 'connecting') {
    try {
      ws.send('x');
    } catch (e) {
      first = e;
    }
  }
  await closed;
  clearTimeout(timer);
  if (query === 'closed') {
    await new Promise(resolve => ws.send('x', e => { first ??= e; resolve(); }));
  }
  return first;
}

for (const query of process.argv.slice(3)) {
  const e = await error(query);
  if (e) {
    console.log(`${query} | ${String(e).replaceAll('\n', ' ')}`);
  }
}
