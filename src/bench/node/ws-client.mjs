// A client of the npm package ws that keeps messages in flight to an echo server.
// Usage: node ws-client.mjs PORT BYTES IN_FLIGHT
// For each line with a number of milliseconds, it runs that long and prints the number of echoes.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../../test/interop/package.json', import.meta.url));
const { WebSocket } = require('ws');

const [port, bytes, inFlight] = process.argv.slice(2).map(Number);
const payload = Buffer.alloc(bytes, 'x');
const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
let sent = 0;
let echoed = 0;
let first = 0;
let end = 0;

function send() {
  payload.writeUInt32BE(sent++, 0);
  socket.send(payload);
}

socket.on('message', (echo) => {
  if (echo.length !== bytes || echo.readUInt32BE(0) !== echoed) {
    throw new Error(`echo ${echoed} is wrong`);
  }
  echoed++;
  if (performance.now() < end) {
    send();
  } else if (echoed === sent) {
    console.log(echoed - first);
  }
});
socket.on('open', () => {
  createInterface({ input: process.stdin })
    .on('line', (millis) => {
      first = echoed;
      end = performance.now() + Number(millis);
      for (let i = 0; i < inFlight; i++) {
        send();
      }
    })
    .on('close', () => socket.terminate());
});
