// The client, and the connection that receives the events of the server.

const MEANINGS = { 1005: 'no code received', 1006: 'no Close received', 1015: 'TLS failed' };
const WATCH_TIMEOUT = 2000;
const origin = location.origin.replace(/^http/, 'ws');
const fields = [...byId('rest').querySelectorAll('[name]')];
const faults = [...byId('faults').querySelectorAll('[name]')];
const { token, unseen } = byId('server').dataset;
const base = location.pathname === '/' && byId('path').defaultValue ? byId('path').defaultValue : location.pathname;
let socket = null;
let watcher = null;

/** The secret by which the server's events tell the connections of this page. */
const tab = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

function logClient(kind, text, options) {
  add(byId('client'), clock(new Date()), kind, text, options);
}

/** A message of this page, sent or received. */
function logMessage(kind, data) {
  const text = typeof data === 'string' ? data : `${count(data.length, 'byte')}: ${shownHex(data)}`;
  logClient(kind, text, { parts: [block(text), actions(data, 0, resend)] });
}

/** Opens the connection for events; resolves to whether the server sends them. */
function receive(secret, all) {
  const opened = new WebSocket(urlOf(base, `watch=${secret}`));
  watcher = opened;
  return new Promise(resolve => {
    // A server that was started again does not know the token, and sends nothing.
    const timer = all && setTimeout(() => opened.close(), WATCH_TIMEOUT);
    opened.onmessage = ({ data }) => {
      clearTimeout(timer);
      read(data);
      resolve(true);
    };
    opened.onopen = () => all || resolve(true);
    opened.onclose = () => {
      clearTimeout(timer);
      resolve(false);
      if (watcher === opened) byId('scope').value = 'The connection for the events ended; Connect tries again';
    };
  });
}

/** Watches all connections of the server, or else those of this page. */
async function watch() {
  if (unseen) {
    byId('scope').value = `The server does not send its events to this page: ${unseen}`;
    return;
  }
  if (watcher && watcher.readyState === WebSocket.OPEN) return;
  if (token && await receive(token, true)) return;
  const advice = token ? 'to watch all, reload the page, or close other pages' : 'to watch all, open the page at localhost on the machine of the server';
  byId('scope').value = await receive(tab, false)
    ? `Only the connections of this page; ${advice}`
    : `The server rejected the connection for its events; ${advice}`;
}

function urlOf(path, query) {
  const created = new URL(origin);
  const [, name, given] = /^([^?]*)\??([^]*)$/.exec(path);
  created.pathname = name;
  created.search = [given, query].filter(Boolean).join('&');
  return created.href;
}

/** The parameters that are filled in, as a readable query. */
function query() {
  const set = fields.filter(field => field.value !== '').map(field => [field.name, field.value]);
  const broken = faults.filter(box => box.checked).map(box => box.value);
  if (broken.length > 0) set.push(['fault', broken.join(',')]);
  return new URLSearchParams(set).toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
}

function showUrl() {
  byId('url').textContent = urlOf(byId('path').value, query());
}

/** Shows the faults that match the search and those that are chosen. */
function showFaults() {
  const words = byId('find').value.toLowerCase();
  faults.forEach(box => {
    const label = box.closest('label');
    label.hidden = !box.checked && !label.textContent.toLowerCase().includes(words);
  });
  const chosen = faults.filter(box => box.checked).length;
  const found = faults.filter(box => !box.closest('label').hidden).length;
  byId('found').value = `${count(found, 'rule')}, ${chosen} chosen`;
}

/** Takes a parameter of the page's own URL; false if the form cannot show it. */
function take(name, value) {
  if (name === 'watch' || name === 'watched') return true;
  if (name === 'fault') {
    const boxes = value.split(',').map(id => faults.find(box => box.value === id));
    if (!boxes.every(Boolean)) return false;
    boxes.forEach(box => { box.checked = true; });
    return true;
  }
  const field = fields.find(each => each.name === name && each.value === '');
  if (!field || value === '' || value.includes('\ufffd')) return false;
  field.value = value;
  const fits = field.value === value;
  if (!fits) field.value = '';
  return fits;
}

/** Fills in the form from the page's own URL; the path keeps the rest. */
function prefill() {
  const rest = location.search.slice(1).split('&').filter(Boolean).filter(pair => {
    const [[name, value]] = new URLSearchParams(pair);
    return !take(name, value);
  });
  byId('path').value = base + (rest.length > 0 ? `?${rest.join('&')}` : '');
  byId('behaviour').open = query() !== '';
  byId('behaviour').hidden = fields.length === 0;
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
  await watching;
  watching = watch();
  await watching;
  try {
    socket = new WebSocket(urlOf(path, [parameters, unseen ? '' : `watched=${tab}`].filter(Boolean).join('&')), subprotocols);
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
  client.onmessage = ({ data }) => logMessage('RESPONSE', typeof data === 'string' ? data : new Uint8Array(data));
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
  logMessage('SENT', data);
}

/** Sends a message of a log again. */
function resend(data) {
  if (socket === null || socket.readyState !== WebSocket.OPEN) {
    tell('Not sent: this page is not connected');
    return;
  }
  send(data);
  tell('Sent again');
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
byId('connection').addEventListener('input', () => {
  showUrl();
  showFaults();
});
prefill();
showUrl();
showFaults();
let watching = watch();
