// node ws-faults.mjs URL FAULT...: asks the server at URL for one fault after the other, and tells how Node's ws takes
// each: a line with the fault, " | " and the code of the error, or its text where it has none; "taken" if there was no
// error; "waits" if what it sent was not answered.
import WebSocket from 'ws';
import { url } from './checks.mjs';

const WAIT = 2000; // milliseconds
const server = url();

/** The offer of permessage-deflate that a fault needs to be seen, where the usual one will not do. */
const offers = {
  'deflate-parameter-not-offered': { clientMaxWindowBits: false },
  'deflate-offer-ignored': { serverNoContextTakeover: true },
};

/** Sends two messages and a ping; what became of it is known at the latest when the connection is closed. */
async function outcome(fault) {
  const ws = new WebSocket(`${server}?fault=${fault}`, ['chat'], { perMessageDeflate: offers[fault] ?? true });
  const timer = setTimeout(() => ws.terminate(), WAIT);
  let received = 0;
  let known;
  ws.on('error', error => { known ??= error.code ?? error.message; });
  ws.on('message', () => received++);
  ws.on('pong', () => {
    known ??= received === 2 ? 'taken' : 'waits';
    ws.close(1000);
  });
  ws.on('open', () => {
    ws.send('hello');
    ws.send('hello');
    ws.ping();
  });
  const code = await new Promise(resolve => ws.on('close', resolve));
  clearTimeout(timer);
  return known ?? (code === 1006 ? 'waits' : 'taken');
}

for (const fault of process.argv.slice(3)) {
  console.log(`${fault} | ${await outcome(fault)}`);
}
