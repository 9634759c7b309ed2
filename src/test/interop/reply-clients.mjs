// node reply-clients.mjs URL [socket.io]: checks that real clients hold a conversation with the replies inside wscope. The
// query chooses them, except for Socket.IO, whose client has a query of its own: its server runs with --reply socket.io
// and --ignore-query. Prints one line per check; the exit status is 1 if a check fails or after 90 s.
import { once } from 'node:events';
import { Client as StompClient } from '@stomp/stompjs';
import { createClient } from 'graphql-ws';
import mqtt from 'mqtt';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { check, deadline, url } from './checks.mjs';

const server = url();

const same = (name, actual, expected) => {
  const [a, e] = [actual, expected].map(value => JSON.stringify(value));
  check(name, a === e, a === e ? '' : `${a} instead of ${e}`);
};

async function graphql() {
  const errors = [];
  const client = createClient({
    url: `${server}?reply=graphql-ws`,
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { token: 'a "quoted" one' },
    keepAlive: 20,
    retryAttempts: 0,
    onNonLazyError: error => errors.push(String(error)),
  });
  const pong = new Promise(resolve => client.on('pong', resolve));
  const acknowledged = new Promise(resolve => client.on('connected', (_, payload) => resolve(payload ?? 'no payload')));
  same('graphql-ws: connection_ack', await acknowledged, 'no payload');
  const operation = { query: 'subscription { "é\\n" }', variables: { n: 1.5e300 } };
  const results = [];
  for await (const result of client.iterate(operation)) results.push(result);
  same('graphql-ws: a result and its end', results, [{ data: { echo: operation } }]);
  await pong;
  check('graphql-ws: pong', true);
  const both = await Promise.all(['a', 'b'].map(query => client.iterate({ query }).next()));
  same('graphql-ws: two at once', both.map(next => next.value.data.echo.query), ['a', 'b']);
  const closed = new Promise(resolve => client.on('closed', event => resolve(event.code)));
  await client.dispose();
  same('graphql-ws: closes', [await closed, errors], [1000, []]);
}

/** The rules of the protocol that a client must not break, told by a client that breaks them. */
async function graphqlRules() {
  const code = async (...messages) => {
    const ws = new WebSocket(`${server}?reply=graphql-ws`, 'graphql-transport-ws');
    await once(ws, 'open');
    messages.forEach(message => ws.send(JSON.stringify(message)));
    const [closed, reason] = await once(ws, 'close');
    return `${closed} ${reason}`;
  };
  const init = { type: 'connection_init' };
  same('graphql-ws: too early', await code({ type: 'subscribe', id: '1', payload: { query: '{a}' } }), '4401 Unauthorized');
  same('graphql-ws: twice', await code(init, init), '4429 Too many initialisation requests');
  same('graphql-ws: unknown type', await code({ type: 'frob' }), '4400 Invalid message');
}

async function socketIo() {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token: 'x' } };
  for (const namespace of ['', '/admin']) {
    const name = `socket.io ${namespace || '/'}`;
    const socket = io(server.replace(/\/$/, '') + namespace, options);
    const failed = new Promise((_, reject) => socket.on('connect_error', reject));
    await Promise.race([once(socket, 'connect'), failed]);
    check(`${name}: connects`, /^wscope-\d+-1$/.test(socket.id), socket.id);
    const back = once(socket, 'chat');
    socket.emit('chat', 'é "x" \\', { n: 1 }, null);
    same(`${name}: event`, await back, ['é "x" \\', { n: 1 }, null]);
    same(`${name}: acknowledgement`, await socket.timeout(5000).emitWithAck('a \\ " b', ['x', { y: '"]' }]), ['x', { y: '"]' }]);
    same(`${name}: empty acknowledgement`, (await socket.timeout(5000).emitWithAck('nothing')) ?? 'none', 'none');
    const bytes = once(socket, 'bytes');
    socket.emit('bytes', Buffer.from([1, 2, 3]), 'z', Buffer.from([4]));
    same(`${name}: binary event`, (await bytes).map(v => v.toString('hex')).join(' '), '010203 z 04');
    const acked = await socket.timeout(5000).emitWithAck('bytes', Buffer.from([7, 8]));
    same(`${name}: binary acknowledgement`, acked.toString('hex'), '0708');
    const pinged = namespace === '' ? once(socket.io, 'ping') : undefined;
    if (pinged) {
      await pinged;
      check(`${name}: ping`, true);
    }
    const gone = once(socket, 'disconnect');
    socket.disconnect();
    same(`${name}: disconnects`, (await gone)[0], 'io client disconnect');
  }
}

async function mqttVersion(protocolVersion) {
  const name = `mqtt ${protocolVersion === 5 ? '5' : '3.1.1'}`;
  const client = mqtt.connect(`${server}?reply=mqtt`, { protocolVersion, reconnectPeriod: 0, keepalive: 1 });
  const errors = [];
  client.on('error', error => errors.push(error.message));
  const [connack] = await once(client, 'connect');
  same(`${name}: CONNACK`, [connack.returnCode ?? connack.reasonCode, connack.sessionPresent], [0, false]);
  const granted = [];
  for (const qos of [0, 1, 2]) granted.push((await client.subscribeAsync(`a/${qos}`, { qos }))[0].qos);
  same(`${name}: SUBACK`, granted, [0, 1, 2]);
  for (const qos of [0, 1, 2]) {
    for (const payload of ['é', 'x'.repeat(200), Buffer.from([0, 255])]) {
      const back = once(client, 'message');
      await client.publishAsync(`a/${qos}`, payload, { qos });
      const [topic, received, packet] = await back;
      same(
        `${name}: PUBLISH with QoS ${qos}, ${payload.length} bytes`,
        [topic, received.toString('hex'), packet.qos, packet.retain, packet.dup],
        [`a/${qos}`, Buffer.from(payload).toString('hex'), qos, false, false],
      );
    }
  }
  const back = once(client, 'message');
  await client.publishAsync('a/1', 'kept', { qos: 1, retain: true });
  same(`${name}: retained`, (({ retain, qos }) => [retain, qos])((await back)[2]), [false, 1]);
  const long = once(client, 'message');
  client.publish('a/0', Buffer.alloc(300_000, 7));
  same(`${name}: long PUBLISH`, (await long)[1].length, 300_000);
  if (protocolVersion === 4) {
    const map = { 'b/1': { qos: 1 }, 'b/2': { qos: 2 }, 'b/0': { qos: 0 } };
    same(`${name}: three filters`, (await client.subscribeAsync(map)).map(one => one.qos), [1, 2, 0]);
  }
  await client.unsubscribeAsync('a/1');
  check(`${name}: UNSUBACK`, true);
  await once(client, 'packetreceive').then(function next([packet]) {
    return packet.cmd === 'pingresp' ? packet : once(client, 'packetreceive').then(next);
  });
  check(`${name}: PINGRESP`, true);
  await client.endAsync();
  same(`${name}: DISCONNECT`, errors, []);
}

async function stompVersion(version) {
  const name = `stomp ${version}`;
  const errors = [];
  const client = new StompClient({
    brokerURL: `${server}?reply=stomp`,
    webSocketFactory: () => new WebSocket(`${server}?reply=stomp`, [`v${version.replace('.', '')}.stomp`]),
    reconnectDelay: 0,
    onStompError: frame => errors.push(frame.headers.message ?? frame.body),
    onUnhandledMessage: frame => errors.push(`unhandled ${frame.body}`),
    onWebSocketError: error => errors.push(error.message),
  });
  client.stompVersions = { versions: [version], supportedVersions: () => version, protocolVersions: () => [] };
  const connected = new Promise(resolve => (client.onConnect = resolve));
  client.activate();
  const frame = await connected;
  same(`${name}: CONNECTED`, [frame.command, client.connectedVersion], ['CONNECTED', version]);
  const receipt = id => new Promise(resolve => client.watchForReceipt(id, resolve));
  const message = (destination, headers = {}) =>
    new Promise(resolve => (subscriptions[destination] = client.subscribe(destination, resolve, headers)));
  const subscriptions = {};
  const subscribed = receipt('r-0');
  const [a, b] = [message('/a', { receipt: 'r-0' }), message('/b')];
  await subscribed;
  check(`${name}: SUBSCRIBE with a receipt`, true);
  const sent = receipt('r-1');
  client.publish({ destination: '/a', body: 'é\n\nid:9', headers: { own: 'x', receipt: 'r-1', after: 'y' } });
  const atA = await a;
  same(
    `${name}: MESSAGE`,
    [atA.body, atA.headers.destination, atA.headers.own, atA.headers.after, atA.headers.receipt ?? 'no receipt'],
    ['é\n\nid:9', '/a', 'x', 'y', 'no receipt'],
  );
  await sent;
  check(`${name}: SEND with a receipt`, true);
  client.publish({ destination: '/b', body: 'AB' });
  same(`${name}: MESSAGE to another subscription`, (await b).body, 'AB');
  subscriptions['/a'].unsubscribe({ receipt: 'r-2' });
  await receipt('r-2');
  client.publish({ destination: '/a', body: 'to nobody', headers: { receipt: 'r-3' } });
  await receipt('r-3');
  const closed = new Promise(resolve => (client.onDisconnect = resolve));
  await client.deactivate();
  same(`${name}: DISCONNECT with a receipt`, [(await closed).command, errors], ['RECEIPT', []]);
}

const timer = deadline(90);
if (process.argv[3] === 'socket.io') {
  await socketIo();
} else {
  await graphql();
  await graphqlRules();
  for (const version of [4, 5]) await mqttVersion(version);
  for (const version of ['1.0', '1.1', '1.2']) await stompVersion(version);
}
clearTimeout(timer);
