// node ws-behaviours.mjs URL: checks with Node's ws each behaviour that the query of the URL can set. The server at URL
// must run with --auth=user:secret --subprotocol=chat,log --close-timeout=100ms. Prints one line per check; the exit
// status is 1 if a check fails or after 60 s.
import { once } from 'node:events';
import WebSocket from 'ws';
import { check, deadline, url } from './checks.mjs';

const server = url();
const own = { auth: 'user:secret' };
const timer = deadline(60);

/** A client that records its events in order: messages, pings, pongs and errors, as text. */
class Client {
  seen = [];

  constructor(query, protocols = [], options = {}) {
    this.ws = new WebSocket(server + query, protocols, { ...own, ...options });
    this.opened = once(this.ws, 'open');
    this.opened.catch(() => {}); // "seen" has the error
    this.closed = new Promise(resolve => this.ws.on('close', (code, reason) => resolve(`${code} ${reason}`.trim())));
    this.ws.on('message', data => this.seen.push(`${data}`));
    this.ws.on('ping', () => this.seen.push('a ping'));
    this.ws.on('pong', () => this.seen.push('a pong'));
    this.ws.on('error', error => this.seen.push(error.message));
  }

  /** Waits for this many messages. */
  async messages(count) {
    while (count > 0) {
      await once(this.ws, 'message');
      count--;
    }
  }

  /** Sends messages; waits for the echo of each before it sends the next. */
  async echo(...messages) {
    await this.opened;
    for (const message of messages) {
      const back = once(this.ws, 'message');
      this.ws.send(message);
      await back;
    }
  }

  end() {
    this.ws.close(1000);
    return this.closed;
  }
}

/** The response to a handshake that the server rejects. */
async function rejection(query, options = own) {
  const ws = new WebSocket(server + query, options);
  ws.on('error', () => {}); // the request is destroyed below
  const [request, response] = await once(ws, 'unexpected-response');
  const chunks = await response.toArray();
  request.destroy();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

/** Checks that two values are equal as JSON. */
function same(name, actual, expected) {
  const [is, should] = [actual, expected].map(value => JSON.stringify(value));
  check(name, is === should, is === should ? is : `${is}, not ${should}`);
}

async function milliseconds(wait) {
  const start = performance.now();
  await wait();
  return performance.now() - start;
}

const checks = {
  async 'reply=none'() {
    const client = new Client('?reply=none&greet=hello');
    await client.messages(1);
    client.ws.send('x');
    same('reply=none', [await client.end(), client.seen], ['1000', ['hello']]);
  },

  async 'reply=others'() {
    const [one, two] = [new Client('?reply=others'), new Client('?reply=others')];
    await Promise.all([one.opened, two.opened]);
    one.ws.send('to others');
    await two.messages(1);
    await Promise.all([one.end(), two.end()]);
    same('reply=others', [one.seen, two.seen], [[], ['to others']]);
  },

  async 'reply=broadcast'() {
    const [one, two] = [new Client('?reply=broadcast'), new Client('?reply=broadcast')];
    await Promise.all([one.opened, two.opened]);
    one.ws.send('to all');
    await Promise.all([one.messages(1), two.messages(1)]);
    await Promise.all([one.end(), two.end()]);
    same('reply=broadcast', [one.seen, two.seen], [['to all'], ['to all']]);
  },

  async delay() {
    const client = new Client('?delay=200ms');
    await client.opened;
    const time = await milliseconds(() => client.echo('x'));
    check('delay', time >= 190, `${Math.round(time)} ms`);
    await client.end();
  },

  async rate() {
    const client = new Client('?rate=4KiB', [], { perMessageDeflate: false });
    await client.opened;
    const time = await milliseconds(() => client.echo('x'.repeat(4096)));
    check('rate', time >= 700, `${Math.round(time)} ms`);
    await client.end();
  },

  async fragment() {
    const client = new Client('?fragment=4', [], { perMessageDeflate: false });
    await client.opened;
    const frames = [];
    client.ws._socket.on('data', bytes => frames.push(bytes));
    await client.echo('0123456789');
    same('fragment', Buffer.concat(frames).toString('latin1'), '\x01\x040123\x00\x044567\x80\x0289');
    await client.end();
  },

  async greet() {
    const client = new Client('?greet=hello');
    await client.messages(1);
    await client.end();
    same('greet', client.seen, ['hello']);
  },

  async every() {
    const client = new Client('?every=20ms&message=tick');
    await client.messages(3);
    await client.end();
    same('every', client.seen.slice(0, 3), ['tick', 'tick', 'tick']);
  },

  async ping() {
    const client = new Client('?ping=20ms');
    await once(client.ws, 'ping');
    await once(client.ws, 'ping');
    await client.end();
    same('ping', client.seen.slice(0, 2), ['a ping', 'a ping']);
  },

  async 'close, after'() {
    const client = new Client('?close=4001:enough&after=2');
    await client.echo('1', '2');
    same('close, after', [await client.closed, client.seen], ['4001 enough', ['1', '2']]);
  },

  async 'drop after messages'() {
    const client = new Client('?drop=2');
    await client.echo('1');
    client.ws.send('2');
    same('drop after messages', [await client.closed, client.seen], ['1006', ['1', '2']]);
  },

  async 'drop after bytes'() {
    const client = new Client('?drop=3B&greet=hello', [], { perMessageDeflate: false });
    same('drop after bytes', [await client.closed, client.seen], ['1006', []]);
  },

  async 'silent=pong'() {
    const client = new Client('?silent=pong');
    await client.opened;
    client.ws.ping();
    await client.echo('after the ping');
    same('silent=pong', [await client.end(), client.seen], ['1000', ['after the ping']]);
  },

  async 'silent=close'() {
    const client = new Client('?silent=close', [], { closeTimeout: 200 });
    await client.opened;
    same('silent=close', [await client.end(), client.seen], ['1006', []]);
  },

  async 'compress=off'() {
    const [on, off] = [new Client(''), new Client('?compress=off')];
    await Promise.all([on.opened, off.opened]);
    same('compress=off', [on.ws.extensions, off.ws.extensions], ['permessage-deflate', '']);
    await Promise.all([on.end(), off.end()]);
  },

  async 'status=401'() {
    const { status, headers } = await rejection('?status=401');
    same('status=401', [status, headers['www-authenticate']?.split(' ')[0]], [401, 'Basic']);
  },

  async 'status=503'() {
    const { status, headers, body } = await rejection('?status=503:7');
    same('status=503', [status, headers['retry-after'], body.length > 0], [503, '7', true]);
  },

  async redirect() {
    const target = encodeURIComponent(`${server}?greet=arrived`);
    const client = new Client(`?redirect=302:${target}`, [], { followRedirects: true });
    await client.messages(1);
    await client.end();
    same('redirect', [client.seen, client.ws.url], [['arrived'], `${server}?greet=arrived`]);
  },

  async subprotocol() {
    const [some, none] = [new Client('', ['log', 'chat', 'other']), new Client('', [])];
    await Promise.all([some.opened, none.opened]);
    same('subprotocol', [some.ws.protocol, none.ws.protocol], ['chat', '']);
    await Promise.all([some.end(), none.end()]);
  },

  async auth() {
    const rejections = await Promise.all([rejection('', {}), rejection('', { auth: 'user:wrong' })]);
    same('auth', rejections.map(({ status }) => status), [401, 401]);
  },

  async 'invalid parameter'() {
    const { status, body } = await rejection('?repl=none');
    same('invalid parameter', [status, body.includes('reply')], [400, true]);
  },

  async origin() {
    const { status } = await rejection('?reply=others', { ...own, origin: 'https://elsewhere.example' });
    same('origin', status, 403);
  },
};

for (const [name, run] of Object.entries(checks)) {
  try {
    await run();
  } catch (error) {
    check(name, false, error.message);
  }
}
clearTimeout(timer);
