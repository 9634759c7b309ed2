// node socket-io-server.mjs: a Socket.IO server on a free port of 127.0.0.1, which sends events back. Prints its port.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
new Server(http).on('connection', socket => socket.onAny((name, ...values) => socket.emit(name, ...values)));
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
