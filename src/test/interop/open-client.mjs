// node open-client.mjs: lists the clients, one a line.
// node open-client.mjs NAME URL: opens a WebSocket with this client, with the path, the query and the subprotocols that it
// usually has. Prints one line; the exit status is 1 if the WebSocket does not open within 10 s. What the client says once
// it is open does not matter: an echo server speaks no protocol of its own.
import { createRequire } from 'node:module';
import WS from 'ws';
import { check, deadline } from './checks.mjs';

const require = createRequire(import.meta.url);

let note;
const opened = new Promise(resolve => { note = resolve; });

/** Notes when a WebSocket of the package ws opens. Some packages have a copy of ws of their own. */
function observe(owner) {
  const prototype = createRequire(owner ? require.resolve(owner) : import.meta.url)('ws').prototype;
  const emit = prototype.emit;
  prototype.emit = function (event, ...args) {
    if (event === 'open') note(this.protocol);
    return emit.call(this, event, ...args);
  };
}

/** What libraries for browsers expect. */
function browser() {
  globalThis.WebSocket = WS;
  globalThis.addEventListener ??= () => {};
  globalThis.removeEventListener ??= () => {};
  globalThis.document ??= { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
}

const path = (url, more) => url.replace(/\/$/, '') + more;

/**
 * The clients. Not among them are sockjs-client and colyseus.js: before they open a WebSocket, they request JSON over HTTP
 * (/info and /matchmake/…), which only their own servers send. Each function starts one; it returns a promise of the subprotocol, or nothing if the client uses ws. A
 * second element is the subprotocol that must be agreed on.
 */
const clients = {
  'ws': [async url => void new WS(url)],
  'ws, with subprotocols': [async url => void new WS(url, ['graphql-ws', 'json']), 'graphql-ws'],
  'undici': [async url => {
    const { WebSocket } = await import('undici');
    const ws = new WebSocket(path(url, '/chat?access_token=a.b.c'), ['chat', 'superchat']);
    return new Promise((resolve, reject) => {
      ws.onopen = () => resolve(ws.protocol);
      ws.onerror = event => reject(event.error);
    });
  }, 'chat'],
  'faye-websocket': [async url => {
    const faye = require('faye-websocket');
    const ws = new faye.Client(path(url, '/faye'), ['irc', 'amqp']);
    return new Promise((resolve, reject) => {
      ws.on('open', () => resolve(ws.protocol));
      ws.on('error', event => reject(new Error(event.message)));
    });
  }, 'irc'],
  'websocket': [async url => {
    const { client } = require('websocket');
    const ws = new client();
    ws.connect(url, 'echo-protocol', 'http://localhost:3000');
    return new Promise((resolve, reject) => {
      ws.on('connect', connection => resolve(connection.protocol));
      ws.on('connectFailed', reject);
    });
  }, 'echo-protocol'],
  'websocket, W3C': [async url => {
    const { w3cwebsocket } = require('websocket');
    const ws = new w3cwebsocket(url, ['a', 'b'], 'https://app.example');
    return new Promise((resolve, reject) => {
      ws.onopen = () => resolve(ws.protocol);
      ws.onerror = () => reject(new Error('it does not open'));
    });
  }, 'a'],
  'socket.io-client': [async url => {
    observe('engine.io-client');
    const { io } = await import('socket.io-client');
    io(url.replace('ws', 'http'), { transports: ['websocket'], auth: { token: 'x' }, query: { user: '7' } });
  }],
  'engine.io-client': [async url => {
    observe('engine.io-client');
    const { Socket } = await import('engine.io-client');
    new Socket(url, { transports: ['websocket'] });
  }],
  'graphql-ws': [async url => {
    const { createClient } = await import('graphql-ws');
    createClient({ url: path(url, '/graphql'), webSocketImpl: WS, lazy: false, retryAttempts: 0, onNonLazyError() {} });
  }, 'graphql-transport-ws'],
  'subscriptions-transport-ws': [async url => {
    const { SubscriptionClient } = require('subscriptions-transport-ws');
    new SubscriptionClient(path(url, '/subscriptions'), { reconnect: false }, WS);
  }, 'graphql-ws'],
  'mqtt': [async url => {
    const { default: mqtt } = await import('mqtt');
    mqtt.connect(path(url, '/mqtt'), { reconnectPeriod: 0 }).on('error', () => {});
  }, 'mqtt'],
  '@stomp/stompjs': [async url => {
    browser();
    const { Client } = await import('@stomp/stompjs');
    new Client({ brokerURL: path(url, '/ws'), reconnectDelay: 0 }).activate();
  }, 'v12.stomp'],
  'isomorphic-ws': [async url => {
    const { default: WebSocket } = await import('isomorphic-ws');
    new WebSocket(path(url, '/?token=abc'));
  }],
  'reconnecting-websocket': [async url => {
    const { default: Reconnecting } = await import('reconnecting-websocket');
    new (Reconnecting.default ?? Reconnecting)(path(url, '/socket'), [], { WebSocket: WS });
  }],
  'partysocket': [async url => {
    const { default: PartySocket } = await import('partysocket');
    new PartySocket({ host: new URL(url).host, room: 'my-room', WebSocket: WS });
  }],
  'sockette': [async url => {
    browser();
    const sockette = require('sockette');
    (sockette.default ?? sockette)(url, { maxAttempts: 1 });
  }],
  'websocket-as-promised': [async url => {
    const { default: Promised } = await import('websocket-as-promised');
    await new Promised(path(url, '/?id=7'), { createWebSocket: it => new WS(it) }).open();
  }],
  'rpc-websockets': [async url => {
    const { Client } = await import('rpc-websockets');
    new Client(url, { reconnect: false });
  }],
  '@hocuspocus/provider': [async url => {
    const { HocuspocusProviderWebsocket } = await import('@hocuspocus/provider');
    new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WS });
  }],
  'y-websocket': [async url => {
    const { WebsocketProvider } = await import('y-websocket');
    const { Doc } = await import('yjs');
    new WebsocketProvider(url, 'my-room', new Doc(), { WebSocketPolyfill: WS, params: { auth: 'secret' } });
  }],
  '@microsoft/signalr': [async url => {
    observe('@microsoft/signalr');
    const { HubConnectionBuilder, HttpTransportType } = await import('@microsoft/signalr');
    const options = { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: () => 'a.b' };
    new HubConnectionBuilder().withUrl(path(url.replace('ws', 'http'), '/chathub'), options).configureLogging(6).build()
      .start().catch(() => {});
  }],
  'phoenix': [async url => {
    browser();
    const { Socket } = await import('phoenix');
    new Socket(path(url, '/socket'), { transport: WS, params: { token: 'abc' } }).connect();
  }],
  'centrifuge': [async url => {
    const { Centrifuge } = await import('centrifuge');
    new Centrifuge(path(url, '/connection/websocket'), { websocket: WS, token: 'a.b.c' }).connect();
  }],
  'pusher-js': [async url => {
    const { default: Pusher } = await import('pusher-js');
    const { hostname, port } = new URL(url);
    const pusher = new Pusher('app-key', {
      cluster: 'mt1', wsHost: hostname, wsPort: port, forceTLS: false, enabledTransports: ['ws'], enableStats: false,
    });
    // It has no event for an open WebSocket, only a note of it.
    return new Promise(resolve => {
      pusher.timeline.info = it => JSON.stringify(it).includes('"state":"open"') && resolve('');
    });
  }],
  'autobahn': [async url => {
    observe('autobahn');
    const { default: autobahn } = await import('autobahn');
    new autobahn.Connection({ url: path(url, '/ws'), realm: 'realm1', max_retries: 0 }).open();
  }, 'wamp.2.json'],
  '@nats-io/nats-core': [async url => {
    browser();
    const { wsconnect } = await import('@nats-io/nats-core');
    wsconnect({ servers: url, reconnect: false }).catch(() => {});
  }],
  'nats.ws': [async url => {
    browser();
    const { connect } = await import('nats.ws');
    connect({ servers: url, reconnect: false }).catch(() => {});
  }],
  '@rails/actioncable': [async url => {
    browser();
    const { adapters, createConsumer } = await import('@rails/actioncable');
    adapters.WebSocket = WS;
    createConsumer(path(url, '/cable')).connect();
  }, 'actioncable-v1-json'],
};

const [name, url] = process.argv.slice(2);
if (!name) {
  console.log(Object.keys(clients).join('\n'));
  process.exit();
}
const [start, expected = ''] = clients[name];
deadline(10);
observe();
process.on('uncaughtException', error => console.error(error.message));
process.on('unhandledRejection', () => {});
try {
  const protocol = (await start(url)) ?? (await opened);
  check(name, protocol === expected, `open, subprotocol "${protocol}"`);
} catch (error) {
  check(name, false, error.message);
}
process.exit();
