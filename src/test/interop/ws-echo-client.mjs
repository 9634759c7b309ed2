// node ws-echo-client.mjs URL: connects with Node's ws, returns each message, and ends when the connection ends.
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2]);
socket.on('message', (data, binary) => socket.send(data, { binary }));
socket.on('error', error => console.log(error.message));
