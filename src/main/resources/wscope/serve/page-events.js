// The server's view: its JSON events, one per line; see events.schema.json.

const MOST_CONNECTIONS = 100;
const GROUPS = {
  connected: 'state', disconnected: 'state', watched: 'state', watches: 'state', close: 'state', handshake: 'handshake', body: 'handshake',
  frame: 'frame', 'incomplete-header': 'frame', message: 'message',
};

/** The connections of this page, with the reason why the server rejected them. */
const own = new Map();
const view = { removed: 0, visible: 0, paused: false, held: [], lost: 0 };
const serverLog = byId('server');
const entries = serverLog.firstElementChild.children;

function logServer(kind, text, event, options = {}) {
  const mark = { client: ' <', server: ' >' }[event.sender] || ' =';
  const full = entries.length === MOST_ENTRIES;
  if (full) {
    view.removed++;
    view.visible -= entries[0].hidden ? 0 : 1;
  }
  const entry = add(serverLog, clock(new Date(event.time)), `${event.connection ? `#${event.connection}` : ''}${mark} ${kind}`, text, options);
  entry.dataset.connection = event.connection || '';
  entry.dataset.groups = [GROUPS[event.type], options.group, options.style === 'error' && 'error'].filter(Boolean).join(' ');
  entry.hidden = !isShown(entry);
  view.visible += entry.hidden ? 0 : 1;
}

/** Whether the filter shows an entry. */
function isShown(entry) {
  const { connection, groups } = entry.dataset;
  const only = byId('only').value;
  const show = byId('show').value;
  const contains = byId('contains').value.toLowerCase();
  return (only === '' || (only === 'own' ? own.has(Number(connection)) : connection === only))
    && (show === '' || groups.split(' ').includes(show))
    && (contains === '' || entry.textContent.toLowerCase().includes(contains));
}

function refilter() {
  view.visible = 0;
  for (const entry of entries) {
    entry.hidden = !isShown(entry);
    view.visible += entry.hidden ? 0 : 1;
  }
  showCounts();
}

function showCounts() {
  const parts = [view.visible === entries.length ? count(entries.length, 'entry', 'entries') : `${view.visible} of ${count(entries.length, 'entry', 'entries')}`];
  if (view.removed) parts.push(`${count(view.removed, 'older one')} removed`);
  if (view.paused) parts.push(`${count(view.held.length, 'event')} waiting`);
  byId('counts').textContent = parts.join(', ');
}

function payloadOf(event) {
  return event.base64 === undefined ? event.text : Uint8Array.from(atob(event.base64), c => c.charCodeAt(0));
}

function payload(event) {
  const data = payloadOf(event);
  return (typeof data === 'string' ? JSON.stringify(data) : shownHex(data)) + (event.omitted ? ` … ${event.omitted} more` : '');
}

function closeBody(body) {
  return body.code === undefined ? 'without a code' : `${body.code} ${body.codeName} "${body.reason ?? ''}"`;
}

const flag = value => (value ? '1' : '0');

function bitsOf(value, width) {
  return BigInt(value).toString(2).padStart(width, '0').replace(/(.{8})(?=.)/g, '$1 ');
}

/** The header of a frame, bit by bit, as a table. */
function bits(event) {
  const { lengthForm: form, lengthDigits: length } = event;
  const rows = [
    [flag(event.fin), 'FIN', event.fin ? 'final frame of its message' : 'more frames of the message follow'],
    ...[1, 2, 3].map(number => [flag(event[`rsv${number}`]), `RSV${number}`, number === 1 && event.rsv1 ? 'compressed, if permessage-deflate was agreed on' : '']),
    [bitsOf(event.opcode, 4), 'opcode', `0x${event.opcode.toString(16)} ${event.opcodeName}`],
    [flag(event.masked), 'MASK', event.masked ? 'a masking key follows' : 'no masking key'],
    [bitsOf(form === 7 ? length : form === 16 ? 126 : 127, 7), 'length', form === 7 ? `${length} B` : `the next ${form} bits hold the length`],
  ];
  if (form !== 7) rows.push([bitsOf(length, form), 'extended length', `${length} B`]);
  if (event.masked) rows.push([bitsOf(`0x${event.maskingKey}`, 32), 'masking key', event.maskingKey]);
  const table = element('table');
  table.append(element('caption', `Header, from byte ${event.offset}`));
  const head = element('tr');
  head.append(...['Bits', 'Field', 'Meaning'].map(name => Object.assign(element('th', name), { scope: 'col' })));
  table.append(head);
  for (const [digits, field, meaning] of rows) {
    const row = element('tr');
    row.append(element('td', digits), Object.assign(element('th', field), { scope: 'row' }), element('td', meaning));
    table.append(row);
  }
  return table;
}

/** Whether a frame is a whole message, which can be sent again. */
function isWhole(frame) {
  return (frame.opcode === 1 || frame.opcode === 2) && frame.fin && frame.complete && !(frame.rsv1 || frame.rsv2 || frame.rsv3);
}

const shown = {
  connected: e => logServer('connected', `from ${e.address}, port ${e.port}`, e),
  watched: e => logServer('watched', `open before this page: what came earlier is missing${e.unseen ? `, and the frames of the ${e.unseen}, which the server does not read at the detail none` : ''}`, e),
  watches: e => logServer('watches', e.all ? 'all connections' : 'the connections with its token', e),
  handshake(e) {
    const line = e.sender === 'client' ? `${e.method} ${e.target} ${e.version}` : `${e.version} ${e.status} ${e.reason}`;
    const fields = (e.fields || []).map(({ name, value }) => `${name}: ${value}`).join('\n');
    const style = e.outcome === 'accepted' || e.outcome === 'plain' ? '' : 'error';
    const kind = { accepted: 'handshake', plain: 'request', refused: 'handshake rejected', failed: 'handshake failed' }[e.outcome] || 'handshake';
    logServer(kind, line, e, { parts: fields ? [block(fields)] : [], style, note: e.why });
  },
  body: e => logServer('body', count(e.length, 'byte'), e, { parts: [block(payload(e))] }),
  frame(e) {
    const traits = [e.opcodeName, e.fin ? 'FIN' : 'FIN 0', e.masked ? 'masked' : 'not masked',
      count(e.lengthDigits, 'byte').replace(/^1 bytes/, '1 byte') + (e.complete ? '' : ', incomplete')];
    if (e.fault) traits.push(`on purpose: ${e.fault}`);
    const parts = [() => [bits(e)], actions(payloadOf(e), e.omitted, isWhole(e) ? resend : null)];
    logServer(`frame ${e.number}`, `${traits.join(', ')}   ${payload(e)}`, e, { parts, group: isWhole(e) ? 'message' : '' });
  },
  message(e) {
    const note = e.compression ? `${e.sender === 'server' ? 'compressed to' : 'inflated from'} ${count(e.compression.length, 'byte')}` : '';
    const size = `${count(e.length, 'byte')} in ${count(e.frames, 'frame')}${e.complete ? '' : ', incomplete'}`;
    const parts = [actions(payloadOf(e), e.omitted, e.complete ? resend : null)];
    logServer(`message ${e.number}`, `${e.kind}, ${size}   ${payload(e)}`, e, { note, parts });
  },
  control() {}, // its frame shows it
  close: e => logServer('close', closeBody(e), e),
  violation: e => logServer(`✗ ${e.rule}`, `${e.title} (${e.citation})`, e, { style: 'error', note: `found: ${e.found}${e.hint ? `; ${e.hint}` : ''}` }),
  'query-left': e => logServer('query', `${e.names.join(', ')}${e.more ? ` and ${e.more} more` : ''}: not parameters of wscope; left to the client`, e),
  unable: e => logServer('unable', `to commit ${e.fault}`, e, { style: 'error' }),
  lagging: e => logServer('lagging', 'the client reads too slowly; the server drops broadcasts to it', e, { style: 'error' }),
  end() {},
  disconnected(e) {
    const why = [e.received && `received ${closeBody(e.received)}`, e.sent && `sent ${closeBody(e.sent)}`, e.trouble];
    const text = e.opened ? why.filter(Boolean).join(', ') || 'without a Close' : 'no WebSocket was opened';
    const style = e.clean ? 'success' : e.opened || e.failure || e.trouble ? 'error' : '';
    logServer(e.clean ? 'closed, clean' : 'closed', text, e, { style });
  },
  missed: e => logServer('missed', `${count(e.events, 'event')}: this page read too slowly`, e, { style: 'error' }),
};

/** Shows an event of a type that this page does not know with all its properties. */
function showOther({ type, time, connection, sender, ...rest }) {
  logServer(type, JSON.stringify(rest), { type, time, connection, sender });
}

function show(event) {
  const single = event.type === 'message' && event.frames === 1 && !event.compression;
  if (!single) (Object.hasOwn(shown, event.type) ? shown[event.type] : showOther)(event);
}

/** Notes what the page has to know of an event, even if it is not shown. */
function observe(event) {
  const { type, connection, sender } = event;
  if (type === 'watches' && event.all) byId('scope').value = 'All connections of the server, live';
  if (connection && type !== 'watches') offer(String(connection), type === 'disconnected');
  if (type === 'handshake' && sender === 'client' && (event.target || '').includes(`watched=${tab}`)) {
    own.set(connection, event.why);
    refilter();
  }
  if (!own.has(connection) || sender !== 'server') return;
  if (type === 'handshake' && event.violations.length > 0) {
    logClient('BROKEN', `The response of the server breaks ${event.violations.join(', ')}`, { style: 'error' });
  } else if (type === 'handshake' && event.outcome !== 'accepted') {
    logClient('REJECTED', `${event.status} ${event.reason}`, { style: 'error', note: own.get(connection) });
  } else if (type === 'body') {
    const text = payload(event).startsWith('"') ? event.text.trim() : payload(event);
    const why = text.split('\n').slice(1).map(line => line.trim()).filter(Boolean).slice(0, 2).join(' ');
    logClient('REASON', why || text, { style: 'error', parts: [block(text)] });
  }
}

/** Offers a connection in the filter; forgets the oldest if there are too many. */
function offer(number, closed) {
  const { options } = byId('only');
  let option = [...options].find(each => each.value === number);
  if (!option) {
    option = element('option');
    option.value = number;
    byId('only').append(option);
    const oldest = [...options].slice(2).find(each => !each.selected);
    if (options.length > MOST_CONNECTIONS + 2) oldest.remove();
  }
  option.textContent = `#${number}${closed ? ' (closed)' : ''}`;
}

/** Reads a message with events. JSON numbers lose digits above 2^53, so the length of a frame is taken as text. */
function read(lines) {
  for (const line of lines.trimEnd().split('\n')) {
    const event = JSON.parse(line);
    if (event.type === 'frame') [, event.lengthDigits] = /"payloadLength":(\d+)/.exec(line);
    observe(event);
    view.held.push(event);
    if (view.held.length > MOST_ENTRIES) {
      view.held.shift();
      view.lost++;
    }
  }
  release();
}

/** Shows the events that wait, unless the user has paused. */
function release() {
  if (!view.paused) {
    if (view.lost) logServer('skipped', `${count(view.lost, 'older event')}: this page shows the last ${MOST_ENTRIES}`, { time: Date.now(), type: 'missed' });
    view.lost = 0;
    view.held.splice(0).forEach(show);
  }
  showCounts();
}

['only', 'show', 'contains'].forEach(id => byId(id).addEventListener('input', refilter));
byId('pause').addEventListener('click', () => {
  view.paused = !view.paused;
  byId('pause').setAttribute('aria-pressed', String(view.paused));
  release();
});
byId('clear').addEventListener('click', () => {
  serverLog.firstElementChild.replaceChildren();
  Object.assign(view, { removed: 0, visible: 0, held: [], lost: 0 });
  showCounts();
});
