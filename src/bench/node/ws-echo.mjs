// An echo server of the npm package ws, as the real clients of the tests have it.
// Usage: node ws-echo.mjs PORT plain|tls|deflate [KEYSTORE PASSWORD]
import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer as createTls } from 'node:https';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../test/interop/package.json', import.meta.url));
const { WebSocketServer } = require('ws');

const [port, wire, keystore, passphrase] = process.argv.slice(2);
const http = wire === 'tls' ? createTls({ pfx: readFileSync(keystore), passphrase }) : createPlain();
const server = new WebSocketServer({
  server: http,
  clientTracking: false,
  perMessageDeflate: wire === 'deflate' ? { threshold: 0 } : false,
});
server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on('error', () => {});
});
http.listen(+port, '127.0.0.1', 1024);
