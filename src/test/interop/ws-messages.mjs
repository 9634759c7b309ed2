// node ws-messages.mjs URL: sends forty messages with Node's ws, which compresses each of them, and closes after their echoes.
import WebSocket from 'ws';
import { deadline, url } from './checks.mjs';

const COUNT = 40;
const ws = new WebSocket(url(), { perMessageDeflate: { threshold: 0 } });
const timer = deadline(20);
let echoes = 0;
ws.on('open', () => {
  for (let i = 0; i < COUNT; i++) {
    ws.send(`message ${i} €, `.repeat(i * i));
  }
});
ws.on('message', () => ++echoes === COUNT && ws.close(1000));
ws.on('close', () => clearTimeout(timer));
