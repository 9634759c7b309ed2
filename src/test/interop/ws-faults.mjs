// node ws-faults.mjs URL FAULT...: asks the server at URL for one fault after another, and prints how Node's ws reacts:
// the fault, " | ", and the code of the error, or its text if it has no code; "accepted" if there is no error; "waits" if
// a reply is missing.
import WebSocket from 'ws';
import { url } from './checks.mjs';

const WAIT = 2000; // milliseconds
const server = url();

/** The offers of permessage-deflate for faults that do not show with the usual offer. */
const offers = {
  'deflate-parameter-not-offered': { clientMaxWindowBits: false },
  'deflate-client-window-raised': { clientMaxWindowBits: 10 },
  'deflate-offer-ignored': { serverNoContextTakeover: true },
};

/** Sends two messages and a ping; the outcome is known when the connection closes, or earlier. */
async function outcome(fault) {
  const ws = new WebSocket(`${server}?fault=${fault}`, ['chat'], { perMessageDeflate: offers[fault] ?? true });
  const timer = setTimeout(() => ws.terminate(), WAIT);
  let received = 0;
  let known;
  ws.on('error', error => { known ??= error.code ?? error.message; });
  ws.on('message', () => received++);
  ws.on('pong', () => {
    known ??= received === 2 ? 'accepted' : 'waits';
    ws.close(1000);
  });
  ws.on('open', () => {
    ws.send('hello');
    ws.send('hello');
    ws.ping();
  });
  const code = await new Promise(resolve => ws.on('close', resolve));
  clearTimeout(timer);
  return known ?? (code === 1006 ? 'waits' : 'accepted');
}

for (const fault of process.argv.slice(3)) {
  console.log(`${fault} | ${await outcome(fault)}`);
}
