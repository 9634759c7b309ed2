// Shared by the clients: the messages to echo, the lines of the report, and the deadline.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:net';

const bytes = size => Buffer.from(Uint8Array.from({ length: size }, (_, i) => i * 31 + (i >> 8)));

/** [name, text or binary payload] */
export const messages = [
  ['text', 'héllo ☃'],
  ['empty text', ''],
  ...[0, 125, 126, 127, 65535, 65536, 1 << 20].map(size => [`binary, ${size} bytes`, bytes(size)]),
];

/** Prints one line; any failed check makes the exit status 1. */
export function check(name, ok, detail = '') {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${detail && `: ${detail}`}`);
  if (!ok) process.exitCode = 1;
}

/** Ends the process with status 1 unless the returned timer is cleared in time. */
export function deadline(seconds) {
  return setTimeout(() => {
    check('deadline', false, `not done after ${seconds} s`);
    process.exit();
  }, seconds * 1000);
}

/** The URL of the server from the command line, ws: or wss:. */
export function url() {
  const value = process.argv[2];
  if (!/^wss?:/.test(value)) {
    console.error(`usage: node ${process.argv[1].replace(/.*\//, '')} URL`);
    process.exit(2);
  }
  return value;
}

/** The URL of a port where nothing listens. */
export async function refused() {
  const listener = createServer();
  await new Promise(resolve => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address();
  await new Promise(resolve => listener.close(resolve));
  return `ws://127.0.0.1:${port}/`;
}
