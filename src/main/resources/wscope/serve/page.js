
'use strict';

const MOST_ENTRIES = 500;
const LONGEST_SHOWN = 4000;
const MEANINGS = { 1005: 'no code received', 1006: 'no Close received', 1015: 'TLS failed' };
const byId = id => document.getElementById(id);
const origin = location.origin.replace(/^http/, 'ws');
const fields = [...byId('parameters').querySelectorAll('[name]')];
const followed = new Set();
let socket = null;
let watcher = null;
let token = '';

// The logs. Received data is always inserted as text, never as markup.

function element(name, text, className = '') {
  const created = document.createElement(name);
  created.textContent = text;
  created.className = className;
  return created;
}

function cut(text) {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… ${text.length - LONGEST_SHOWN} more` : text;
}

/** Scrolls to the new entry, unless the user has scrolled away; measures once per animation frame. */
function follow(log) {
  if (followed.has(log)) return;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  followed.add(log);
  requestAnimationFrame(() => {
    followed.delete(log);
    if (atEnd) log.scrollTop = log.scrollHeight;
  });
}

/** Adds an entry at the end, and removes the oldest one if there are too many. */
function add(log, time, kind, text, { style = '', note = '', more = '' } = {}) {
  follow(log);
  const entry = element('li', '', style);
  entry.append(element('time', time), ' ', element('b', kind), ' ');
  if (more) {
    const details = element('details', '');
    details.append(element('summary', cut(text)), element('pre', cut(more)));
    entry.append(details);
  } else {
    entry.append(element('span', cut(text)));
  }
  if (note) entry.append(element('small', note, 'note'));
  log.append(entry);
  if (log.childElementCount > MOST_ENTRIES) log.firstElementChild.remove();
}

/** The local time of day, to the millisecond. */
function clock(date) {
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function logClient(kind, text, options) {
  add(byId('client'), clock(new Date()), kind, text, options);
}

function count(number, unit) {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function hex(bytes) {
  return Array.from(bytes.subarray(0, LONGEST_SHOWN / 3 + 1), b => b.toString(16).padStart(2, '0')).join(' ');
}

/** A message of this page, sent or received. */
function display(data) {
  return typeof data === 'string' ? data : `${count(data.length, 'byte')}: ${hex(data)}`;
}

// The server's view: its JSON events, one per line; see events.schema.json.

function logServer(kind, text, event, options) {
  const mark = { client: ' <', server: ' >' }[event.sender] || ' =';
  add(byId('server'), clock(new Date(event.time)), `${event.connection ? `#${event.connection}` : ''}${mark} ${kind}`, text, options);
}

function payload(event) {
  const more = event.omitted ? ` … ${event.omitted} more` : '';
  return event.base64 === undefined
    ? JSON.stringify(event.text) + more
    : hex(Uint8Array.from(atob(event.base64), c => c.charCodeAt(0))) + more;
}

function closeBody(body) {
  return body.code === undefined ? 'without a code' : `${body.code} ${body.codeName} "${body.reason ?? ''}"`;
}

const flag = value => (value ? '1' : '0');

const events = {
  connected: e => logServer('connected', `from ${e.address}, port ${e.port}`, e),
  handshake(e) {
    const line = e.sender === 'client' ? `${e.method} ${e.target} ${e.version}` : `${e.version} ${e.status} ${e.reason}`;
    const more = (e.fields || []).map(({ name, value }) => `${name}: ${value}`).join('\n');
    const style = e.outcome === 'accepted' ? '' : 'error';
    logServer(e.outcome === 'accepted' ? 'handshake' : `handshake ${e.outcome === 'refused' ? 'rejected' : e.outcome}`, line, e, { more, style, note: e.why });
  },
  frame(e) {
    const traits = [e.opcodeName, e.fin ? 'FIN' : 'FIN 0', e.masked ? 'masked' : 'not masked',
      count(e.payloadLength, 'byte') + (e.complete ? '' : ', incomplete')];
    const note = `from byte ${e.offset}: FIN ${flag(e.fin)}, RSV ${flag(e.rsv1)}${flag(e.rsv2)}${flag(e.rsv3)}, `
      + `opcode 0x${e.opcode.toString(16)}, MASK ${flag(e.masked)}, length in ${e.lengthForm} bits`
      + (e.masked ? `, masking key ${e.maskingKey}` : '');
    logServer(`frame ${e.number}`, `${traits.join(', ')}   ${payload(e)}`, e, { note });
  },
  message(e) {
    const note = e.compression ? `${e.sender === 'server' ? 'compressed to' : 'inflated from'} ${count(e.compression.length, 'byte')}` : '';
    const size = `${count(e.length, 'byte')} in ${count(e.frames, 'frame')}${e.complete ? '' : ', incomplete'}`;
    logServer(`message ${e.number}`, `${e.kind}, ${size}   ${payload(e)}`, e, { note });
  },
  control() {}, // its frame shows it
  close: e => logServer('close', closeBody(e), e),
  violation: e => logServer(`✗ ${e.rule}`, `${e.title} (${e.citation})`, e, { style: 'error', note: `found: ${e.found}${e.hint ? `; ${e.hint}` : ''}` }),
  unable: e => logServer('unable', `to commit ${e.fault}`, e, { style: 'error' }),
  lagging: e => logServer('lagging', 'the client reads too slowly; the server drops broadcasts to it', e, { style: 'error' }),
  end() {},
  disconnected(e) {
    const why = [e.received && `received ${closeBody(e.received)}`, e.sent && `sent ${closeBody(e.sent)}`, e.trouble];
    const text = e.opened ? why.filter(Boolean).join(', ') || 'without a Close' : 'no WebSocket was opened';
    logServer(e.clean ? 'closed, clean' : 'closed', text, e, { style: e.clean ? 'success' : 'error' });
  },
  missed: e => logServer('missed', `${count(e.events, 'event')}: this page read too slowly`, e, { style: 'error' }),
};

function read(lines) {
  for (const line of lines.trimEnd().split('\n').slice(-MOST_ENTRIES)) {
    const event = JSON.parse(line);
    const single = event.type === 'message' && event.frames === 1 && !event.compression;
    if (!single) (events[event.type] || (e => logServer(e.type, '', e)))(event);
  }
}

/** Opens the watching connection; resolves to its token, or to an empty string if that fails. */
function watch() {
  if (fields.length === 0) {
    reportUnseen(byId('server').dataset.unseen);
    return Promise.resolve('');
  }
  if (watcher && watcher.readyState === WebSocket.OPEN) return Promise.resolve(token);
  token = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
  watcher = new WebSocket(urlOf(byId('path').defaultValue, `watch=${token}`));
  watcher.onmessage = ({ data }) => read(data);
  return new Promise(resolve => {
    watcher.onopen = () => resolve(token);
    watcher.onclose = () => {
      reportUnseen('the connection for the events of this page ended or was rejected');
      resolve('');
    };
  });
}

function reportUnseen(why) {
  logServer('', `The server does not send its events to this page: ${why}.`, { time: Date.now() });
}

// The client.

function urlOf(path, query) {
  const created = new URL(origin);
  created.pathname = path;
  created.search = query;
  return created.href;
}

/** The parameters that are filled in, as a readable query. */
function query() {
  const set = fields.filter(field => field.value !== '').map(field => [field.name, field.value]);
  return new URLSearchParams(set).toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
}

function showUrl() {
  byId('url').textContent = urlOf(byId('path').value, query());
}

function showState(state) {
  byId('state').value = state;
  byId('connect').disabled = socket !== null;
  byId('send').disabled = byId('close').disabled = state !== 'Connected';
}

async function connect() {
  const subprotocols = byId('subprotocols').value.split(',').map(name => name.trim()).filter(Boolean);
  const path = byId('path').value;
  const parameters = query();
  socket = {}; // a placeholder until it exists
  showState('Connecting');
  const watched = await watch();
  try {
    socket = new WebSocket(urlOf(path, [parameters, watched && `watched=${watched}`].filter(Boolean).join('&')), subprotocols);
  } catch (error) {
    logClient('ERROR', error.message, { style: 'error' });
    socket = null;
    showState('Not connected');
    return;
  }
  listen(socket);
}

function listen(client) {
  client.binaryType = 'arraybuffer';
  client.onopen = () => {
    showState('Connected');
    const agreed = [client.protocol && `subprotocol ${client.protocol}`, client.extensions];
    logClient('CONNECTED', client.url, { style: 'success', note: agreed.filter(Boolean).join('; ') });
  };
  client.onmessage = ({ data }) => logClient('RESPONSE', display(typeof data === 'string' ? data : new Uint8Array(data)));
  client.onerror = () => logClient('ERROR', 'The connection failed. Browsers give no details.', { style: 'error' });
  client.onclose = ({ code, reason, wasClean }) => {
    socket = null;
    showState('Not connected');
    const meaning = MEANINGS[code] ? ` (${MEANINGS[code]})` : '';
    logClient('DISCONNECTED', `${code}${meaning} "${reason}", ${wasClean ? 'clean' : 'not clean'}`, { style: wasClean ? '' : 'error' });
  };
}

function send(data) {
  socket.send(data);
  logClient('SENT', display(data));
}

function bytesOf(digits) {
  const bare = digits.replace(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(bare)) throw new Error(`not hex bytes such as 01 ff: ${digits}`);
  return Uint8Array.from(bare.match(/../g) || [], pair => parseInt(pair, 16));
}

/** Runs an action when a form is submitted, and logs its errors. */
function onSubmit(id, action) {
  byId(id).addEventListener('submit', event => {
    event.preventDefault();
    Promise.resolve().then(action).catch(error => logClient('ERROR', error.message, { style: 'error' }));
  });
}

onSubmit('connection', () => socket || connect());
onSubmit('message', async () => {
  const file = byId('file').files[0];
  const text = byId('payload').value;
  if (file) {
    send(new Uint8Array(await file.arrayBuffer()));
    byId('file').value = '';
  } else {
    send(byId('kind').value === 'hex' ? bytesOf(text) : text);
    byId('payload').value = '';
  }
});
onSubmit('closing', () => {
  const code = byId('code').value;
  if (code === '') socket.close();
  else socket.close(Number(code), byId('reason').value);
});
byId('payload').addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (!byId('send').disabled) byId('message').requestSubmit();
  }
});
byId('connection').addEventListener('input', showUrl);
if (!byId('path').defaultValue) byId('path').defaultValue = location.pathname;
showUrl();
