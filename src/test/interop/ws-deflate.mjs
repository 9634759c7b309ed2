// node ws-deflate.mjs URL: sends messages of all sizes and kinds with permessage-deflate (RFC 7692) and checks their
// echoes, for every combination of parameters that Node's ws can offer. Prints one line per combination; the exit status
// is 1 if an echo differs.
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { check, deadline, url } from './checks.mjs';

const server = url();
const timer = deadline(120);

const noise = randomBytes(1 << 20); // incompressible
const repeated = size => Buffer.from(Uint8Array.from({ length: size }, (_, i) => noise[i % 40000])); // repeats after 40 kB
const words = size => 'über die Grenze, '.repeat(1 + size / 18).slice(0, size);

const small = [0, 1, 125, 126, 127, 300, 1000, 5000].flatMap(size =>
  [words(size), noise.subarray(0, size), repeated(size)]);
const large = [32768, 65535, 65536, 100000, 1 << 20].flatMap(size =>
  [words(size), noise.subarray(0, size), repeated(size)]);
const many = Array.from({ length: 300 }, (_, i) => words(i) + i);

/** Sends all messages at once; resolves when all echoes have arrived. */
function echo(perMessageDeflate, messages) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(server, { perMessageDeflate: { ...perMessageDeflate, threshold: 0 } });
    let next = 0;
    ws.on('error', reject);
    ws.on('open', () => messages.forEach(message => ws.send(message)));
    ws.on('message', (data, binary) => {
      const sent = messages[next++];
      if (binary !== (typeof sent !== 'string') || !data.equals(Buffer.from(sent))) {
        reject(new Error(`the echo of message ${next}, ${Buffer.byteLength(sent)} bytes, differs`));
      } else if (next === messages.length) {
        ws.close(1000);
      }
    });
    ws.on('close', code => code === 1000 ? resolve() : reject(new Error(`closed with ${code}`)));
  });
}

async function run(name, parameters, messages) {
  try {
    await echo(parameters, messages);
    check(name, true, `${messages.length} messages`);
  } catch (error) {
    check(name, false, error.message);
  }
}

const flags = [undefined, true];
const windows = [undefined, 8, 9, 10, 11, 12, 13, 14, 15];
for (const serverNoContextTakeover of flags) {
  for (const clientNoContextTakeover of flags) {
    for (const serverMaxWindowBits of windows) {
      for (const clientMaxWindowBits of [false, ...windows]) {
        const parameters = { serverNoContextTakeover, clientNoContextTakeover, serverMaxWindowBits, clientMaxWindowBits };
        await run(JSON.stringify(parameters), parameters, small);
      }
    }
    const parameters = { serverNoContextTakeover, clientNoContextTakeover };
    await run(`large ${JSON.stringify(parameters)}`, parameters, large);
    await run(`many ${JSON.stringify(parameters)}`, parameters, many);
  }
}
for (const bits of windows.slice(1)) {
  const parameters = { serverMaxWindowBits: bits, clientMaxWindowBits: bits };
  await run(`large ${JSON.stringify(parameters)}`, parameters, large);
}
clearTimeout(timer);
