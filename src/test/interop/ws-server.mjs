// node ws-server.mjs: an echo server with Node's ws on a free port of 127.0.0.1, which accepts permessage-deflate and the first
// subprotocol, and rejects the path /other. Prints its port, then one line per connection that has ended: the error that ws reports, and the close code.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: true,
  verifyClient: ({ req }, decide) => decide(req.url !== '/other', 404, 'not here'),
  handleProtocols: names => [...names][0]
});
server.on('listening', () => console.log(server.address().port));
server.on('connection', socket => {
  let error = 'no error';
  socket.on('message', (data, binary) => socket.send(data, { binary }));
  socket.on('error', cause => error = cause.code);
  socket.on('close', code => console.log(`${error} ${code}`));
});
