// node handmade-server.mjs: an echo server on a free port of 127.0.0.1, written by hand after MDN's page "Writing WebSocket
// servers". Prints its port. The path of the URL names a mistake that such servers make, such as /hex-accept; the comments below
// say what each one does wrong. Any other path gets a correct server.
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const sha1 = text => createHash('sha1').update(text);

/** The value of Sec-WebSocket-Accept. */
function accept(key, bug) {
  switch (bug) {
    case 'accept-without-guid': return sha1(key).digest('base64');
    case 'accept-with-line-end': return sha1(key + '\r\n' + GUID).digest('base64');
    case 'accept-in-hex': return sha1(key + GUID).digest('hex');
    default: return sha1(key + GUID).digest('base64');
  }
}

/** The head of the response. */
function head(key, bug) {
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade',
    'Sec-WebSocket-Accept: ' + accept(key, bug)];
  if (bug === 'deflate-promised') lines.push('Sec-WebSocket-Extensions: permessage-deflate');
  if (bug === 'subprotocol-invented') lines.push('Sec-WebSocket-Protocol: json');
  const end = bug === 'lf-alone' ? '\n' : '\r\n';
  return lines.join(end) + (bug === 'no-empty-line' ? end : end + end);
}

/** The header of a frame. */
function header(opcode, length, bug) {
  const first = 0x80 | opcode;
  const mask = bug === 'masks' ? 0x80 : 0;
  if (length < 126 || bug === 'writes-7-bits') return Buffer.from([first, mask | length]);
  const bytes = Buffer.alloc(length < 65536 ? 4 : 10);
  bytes[0] = first;
  bytes[1] = mask | (length < 65536 ? 126 : 127);
  const little = bug === 'writes-little-endian';
  if (length < 65536) {
    little ? bytes.writeUInt16LE(length, 2) : bytes.writeUInt16BE(length, 2);
  } else {
    little ? bytes.writeBigUInt64LE(BigInt(length), 2) : bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  return bytes;
}

/** A whole frame. */
function frame(opcode, payload, bug) {
  if (bug !== 'masks') return Buffer.concat([header(opcode, payload.length, bug), payload]);
  const key = Buffer.from([0x3d, 0x54, 0x23, 0x06]);
  return Buffer.concat([header(opcode, payload.length, bug), key, payload.map((b, i) => b ^ key[i % 4])]);
}

/** Reads the frame at the start of the bytes; null if it is incomplete. Its size says where the next one begins. */
function read(bytes, parts, bug) {
  if (bytes.length < 6) return null;
  // This mistake takes the rest of a message for a frame, which means nothing to the server unless it is exactly a Close with a
  // code. The first byte alone does not tell: with one key in 256, the rest of a message begins with the byte 0x88.
  const isClose = bytes.length === 8 && bytes[0] === 0x88 && bytes[1] === 0x82;
  if (bug === 'reads-what-is-there' && parts.replied && !isClose) return { opcode: 10, size: bytes.length };
  let length = bytes[1] & 0x7f;
  let at = 2;
  if (length === 126 && bug !== 'reads-7-bits') {
    length = bug === 'reads-little-endian' ? bytes.readUInt16LE(2) : bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127 && bug !== 'reads-7-bits') {
    length = Number(bug === 'reads-little-endian' ? bytes.readBigUInt64LE(2) : bytes.readBigUInt64BE(2));
    at = 10;
  }
  const key = bytes.subarray(at, at + 4);
  const masked = bytes.subarray(at + 4, at + 4 + length);
  // This mistake takes whatever has arrived for one whole frame.
  if (masked.length < length && bug !== 'reads-what-is-there') return null;
  const size = bug === 'reads-what-is-there' ? bytes.length : at + 4 + length;
  const unmasked = Buffer.from(masked.map((b, i) => b ^ key[bug === 'key-from-1' ? (i + 1) % 4 : i % 4]));
  return { opcode: bytes[0] & 0x0f, fin: bytes[0] >> 7, payload: bug === 'does-not-unmask' ? masked : unmasked, size };
}

/** Replies to a frame. The frames of a fragmented message are collected in parts. */
function reply(socket, { opcode, fin, payload }, parts, bug) {
  const send = (type, bytes) => socket.write(frame(type, bytes, bug));
  if (opcode === 8 && bug === 'close-as-text') return send(1, payload);
  if (opcode === 8 && bug === 'close-not-echoed') return undefined;
  if (opcode === 8 && bug === 'ends-without-close') return socket.end();
  if (opcode === 8) return send(8, payload), socket.end();
  if (opcode === 9 && bug === 'ping-as-text') return send(1, payload);
  if (opcode === 9 && bug === 'ping-ignored') return undefined;
  if (opcode === 9) return send(10, bug === 'pong-empty' ? Buffer.alloc(0) : payload);
  if (opcode === 10) return undefined;
  parts.push({ opcode, payload });
  if (!fin) return undefined;
  const message = Buffer.concat(parts.map(part => part.payload));
  const type = parts[0].opcode;
  parts.length = 0;
  parts.replied = true;
  if (bug === 'text-as-binary') return send(2, message);
  if (bug === 'text-in-utf16') return send(1, Buffer.from(message.toString(), 'utf16le'));
  if (bug === 'length-of-string') {
    return socket.write(Buffer.concat([header(1, message.toString().length), message]));
  }
  return send(type, message);
}

createServer(socket => {
  let bytes = Buffer.alloc(0);
  let bug;
  const parts = [];
  socket.on('error', () => {});
  socket.on('data', chunk => {
    bytes = Buffer.concat([bytes, chunk]);
    if (bug === undefined) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = bytes.subarray(0, end).toString();
      const key = /Sec-WebSocket-Key: *(\S+)/i.exec(request);
      if (key === null) return socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      bug = request.split(' ')[1].slice(1);
      bytes = bytes.subarray(end + 4);
      socket.write(head(key[1], bug));
    }
    if (bug === 'echoes-bytes') {
      if (bytes.length > 0) socket.write(bytes);
      bytes = Buffer.alloc(0);
      return;
    }
    for (let next; (next = read(bytes, parts, bug)) !== null;) {
      bytes = bytes.subarray(next.size);
      reply(socket, next, parts, bug);
    }
  });
  socket.on('end', () => socket.end());
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
