// The list of frames and events: only the rows in view exist, so 100,000 of them scroll smoothly. And one frame in detail.

const ROW = 26;
/** Browsers limit the height of an element; a longer list moves by more than a row for each. */
const MOST_HEIGHT = 8_000_000;
const MOST_PRINTED = 2000;

class FrameList {
  constructor(conversation, show) {
    this.conversation = conversation;
    this.show = show;
    this.rows = conversation.rows;
    this.selected = -1;
    this.inner = element('div', { className: 'rows', role: 'presentation' });
    this.box = element('div', { className: 'frames', role: 'listbox', tabIndex: 0, id: 'frames', 'aria-label': 'Frames and events' }, this.inner);
    this.counts = element('p', { role: 'status', id: 'counts' });
    this.box.addEventListener('scroll', () => this.draw());
    this.box.addEventListener('keydown', event => this.key(event));
    this.resized = () => this.draw();
    addEventListener('resize', this.resized);
  }

  element() {
    const search = element('input', { type: 'search', id: 'search', spellcheck: false });
    const side = this.choice('side', { '': 'both', client: 'client', server: 'server' });
    const kind = this.choice('kind', { '': 'everything', data: 'data frames', control: 'Close, Ping, Pong', broken: 'what is wrong', event: 'other events' });
    this.filters = { search, side, kind };
    for (const each of Object.values(this.filters)) each.addEventListener('input', () => this.filter());
    const label = (name, field) => element('p', {}, element('label', { htmlFor: field.id }, name), field);
    const tools = element('div', { className: 'tools', role: 'group', 'aria-label': 'Filter' }, label('Contains', search), label('From', side), label('Show', kind));
    this.filter();
    return element('div', {}, tools, this.counts, this.box);
  }

  choice(id, options) {
    return element('select', { id }, ...Object.entries(options).map(([value, name]) => element('option', { value }, name)));
  }

  filter() {
    const { search, side, kind } = this.filters;
    const text = search.value.toLowerCase();
    const event = this.rows[this.selected];
    this.rows = this.conversation.rows.filter(row => (side.value === '' || row.sender === side.value)
      && (kind.value === '' || groupsOf(row).includes(kind.value))
      && (text === '' || searchText(row).includes(text)));
    this.selected = this.rows.indexOf(event);
    const all = this.conversation.rows.length;
    this.counts.textContent = this.rows.length === all ? count(all, 'row') : `${this.rows.length.toLocaleString('en')} of ${count(all, 'row')}`;
    this.height = Math.min(MOST_HEIGHT, this.rows.length * ROW);
    this.inner.style.height = `${this.height}px`;
    this.box.style.height = `min(32rem, 70vh, ${Math.max(4, this.rows.length + 1) * ROW}px)`;
    this.draw();
  }

  /** The first row in view. */
  first() {
    const room = this.height - this.box.clientHeight;
    const hidden = this.rows.length - this.box.clientHeight / ROW;
    return room <= 0 || hidden <= 0 ? 0 : Math.min(hidden, this.box.scrollTop / room * hidden);
  }

  draw() {
    const first = this.first();
    const from = Math.max(0, Math.floor(first));
    const to = Math.min(this.rows.length, from + Math.ceil((this.box.clientHeight || 600) / ROW) + 2);
    const top = this.box.scrollTop - (first - from) * ROW;
    const drawn = [];
    for (let at = from; at < to; at++) drawn.push(this.row(at, top + (at - from) * ROW));
    this.inner.replaceChildren(...drawn);
    const active = this.selected >= from && this.selected < to;
    if (active) this.box.setAttribute('aria-activedescendant', `row-${this.selected}`);
    else this.box.removeAttribute('aria-activedescendant');
  }

  row(at, top) {
    const event = this.rows[at];
    const cells = rowCells(this.conversation, event).map(([name, text]) => element('span', { className: name }, text));
    const row = element('div', {
      role: 'option', id: `row-${at}`, className: `row ${kindOf(event)} ${event.sender ?? ''}`, 'aria-selected': String(at === this.selected),
      'aria-posinset': String(at + 1), 'aria-setsize': String(this.rows.length), onclick: () => this.select(at),
    }, ...cells);
    row.style.top = `${top}px`;
    return row;
  }

  select(at) {
    if (at < 0 || at >= this.rows.length) return;
    this.selected = at;
    const page = this.box.clientHeight / ROW;
    const first = this.first();
    if (at < first || at > first + page - 1) this.scrollTo(at < first ? at : at - page + 1.5);
    this.draw();
    this.show(this.conversation, this.rows[at]);
  }

  scrollTo(first) {
    const room = this.height - this.box.clientHeight;
    const hidden = this.rows.length - this.box.clientHeight / ROW;
    this.box.scrollTop = hidden <= 0 ? 0 : Math.max(0, first) / hidden * room;
  }

  /** Selects an event; shows everything if the filter hides it. */
  selectEvent(event) {
    if (!this.rows.includes(event)) {
      for (const each of Object.values(this.filters)) each.value = '';
      this.filter();
    }
    this.select(this.rows.indexOf(event));
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
    const to = {
      ArrowDown: this.selected + 1, ArrowUp: Math.max(0, this.selected - 1), PageDown: Math.min(this.rows.length - 1, this.selected + page),
      PageUp: Math.max(0, this.selected - page), Home: 0, End: this.rows.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.select(Math.min(to, this.rows.length - 1));
  }

  /** All rows, as far as paper should hold them. */
  printed() {
    const list = element('ol', { className: 'printed' }, ...this.rows.slice(0, MOST_PRINTED).map(event =>
      element('li', {}, rowCells(this.conversation, event).map(([, text]) => text).filter(Boolean).join('  '))));
    return this.rows.length > MOST_PRINTED ? element('div', {}, list, element('p', {}, `${count(this.rows.length - MOST_PRINTED, 'more row')} on the page itself.`)) : list;
  }
}

function groupsOf(event) {
  const groups = [];
  if (event.type === 'frame') groups.push(event.opcode >= 8 ? 'control' : 'data');
  else if (event.type !== 'incomplete-header') groups.push('event');
  if (event.broken || event.violations?.length || event.trouble) groups.push('broken');
  return groups;
}

function searchText(event) {
  event.search ??= [event.type, event.opcodeName, event.text ?? (event.base64 === undefined ? '' : preview(event)), event.message?.text,
    rowText(event), ...(event.fields ?? []).map(({ name, value }) => `${name}: ${value}`), ...(event.violations ?? [])].join(' ').toLowerCase();
  return event.search;
}

/** The columns of a row. */
function rowCells(conversation, event) {
  const frame = event.type === 'frame' || event.type === 'incomplete-header';
  const flags = frame ? `${event.fin ? 'FIN' : '···'} ${[event.rsv1, event.rsv2, event.rsv3].map(Number).join('')}${event.masked ? ' MASK' : ''}` : '';
  const all = event.broken ?? [];
  const broken = all.length === 0 ? (event.violations?.length ? '✗ ' : '') : all.every(({ onPurpose }) => onPurpose) ? '• ' : '✗ ';
  return [
    ['at', since(conversation, event)],
    ['way', event.sender ? { client: 'C→S', server: 'S→C' }[event.sender] : '='],
    ['number', frame ? `#${event.number}` : ''],
    ['name', frame ? event.opcodeName : event.type],
    ['flags', flags],
    ['size', frame && event.payloadLength !== undefined ? `${Number(event.payloadLength).toLocaleString('en')} B` : ''],
    ['what', broken + all.map(({ rule }) => `${rule} `).join('') + rowText(event)],
  ];
}

const bitsOf = (value, width) => BigInt(value).toString(2).padStart(width, '0').replace(/(.{8})(?=.)/g, '$1 ');

/** The header of a frame, bit by bit, with the working. */
function bitTable(event) {
  const { lengthForm: form, payloadLength: length } = event;
  const seven = form === 7 ? length : form === 16 ? 126 : 127;
  const rows = [
    [event.fin ? '1' : '0', 'FIN', event.opcode >= 8 ? '' : event.fin ? 'the message ends here' : 'more frames of the message follow'],
    ...[1, 2, 3].map(number => [event[`rsv${number}`] ? '1' : '0', `RSV${number}`, number === 1 && event.rsv1 ? 'compressed, if permessage-deflate was negotiated' : '']),
    [bitsOf(event.opcode, 4), 'opcode', `0x${event.opcode.toString(16)} ${event.opcodeName}`],
  ];
  if (event.masked !== undefined) rows.push([event.masked ? '1' : '0', 'MASK', maskText(event)]);
  if (form !== undefined && length !== undefined) {
    rows.push([bitsOf(seven, 7), 'payload length', form === 7 ? `${length}: so many bytes` : `${seven}: the next ${form} bits hold the length`]);
    if (form !== 7) rows.push([bitsOf(length, form), 'extended length', `0x${BigInt(length).toString(16)} = ${BigInt(length).toLocaleString('en')} bytes`]);
  }
  if (event.maskingKey) rows.push([bitsOf(`0x${event.maskingKey}`, 32), 'masking key', `0x${event.maskingKey}`]);
  else if (event.masked) rows.push(['', 'masking key', 'left out: it would give away a redacted payload']);
  return table(`Header, ${event.headerLength === undefined ? 'incomplete' : count(event.headerLength, 'byte')}, from byte ${event.offset} of the ${event.sender}`, ['Bits', 'Field', 'Meaning'], rows.map(([digits, name, meaning]) => [element('code', {}, digits), name, meaning]));
}

function maskText({ sender, masked }) {
  if (sender === 'client') return masked ? 'masked: sent by a client' : 'not masked, but a client must mask';
  return masked ? 'masked, but a server must not mask' : 'not masked: sent by a server';
}

/** The first bytes of a payload, unmasked step by step. */
function unmasking(event, bytes) {
  if (!event.maskingKey || !bytes?.length) return null;
  const hex = value => value.toString(16).padStart(2, '0');
  const rows = [...bytes.slice(0, 8)].map((byte, at) => {
    const key = parseInt(event.maskingKey.slice(at % 4 * 2, at % 4 * 2 + 2), 16);
    return [String(at), hex(byte ^ key), hex(key), hex(byte), byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ''];
  });
  return element('details', {}, element('summary', {}, 'How the payload is unmasked'), table('Byte on the wire XOR byte (position mod 4) of the key', ['Position', 'Wire', 'Key', 'Payload', ''], rows));
}

/** The code of a Close, from its two bytes. */
function closeWorking(event, bytes) {
  if (event.opcode !== 8 || !bytes || bytes.length < 2) return null;
  return element('p', {}, `Close code: 0x${bytes[0].toString(16).padStart(2, '0')} × 256 + 0x${bytes[1].toString(16).padStart(2, '0')} = ${bytes[0] * 256 + bytes[1]}${event.close?.codeName ? `, ${event.close.codeName}` : ''}`);
}

function hexDump(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    const digits = part.map(byte => byte.toString(16).padStart(2, '0')).join(' ').padEnd(47);
    const characters = part.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${digits}  ${characters}`);
  }
  return lines.join('\n');
}

function prettyJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : null;
  } catch {
    return null;
  }
}

/** A payload as text, JSON or hex. */
function payloadView(event, name) {
  const bytes = bytesOf(event);
  const notes = [];
  if (event.withheldPayload) notes.push('The page leaves out the payload of a fragment or a compressed frame, because it cannot be searched for secrets. The message holds it.');
  if (event.redacted) notes.push('A part of this payload was redacted; the hex shows what stands there now.');
  if (event.omitted) notes.push(`The page holds the first ${count(bytes.length, 'byte')}; ${event.omitted.toLocaleString('en')} more are left out.`);
  const whole = element('div', { className: 'payload' }, element('h3', {}, name), ...notes.map(note => element('p', {}, note)));
  if (!bytes || bytes.length === 0) {
    if (notes.length === 0) whole.append(element('p', {}, bytes ? 'empty' : 'The source does not hold it.'));
    return whole;
  }
  const text = textOf(event);
  const forms = { hex: () => hexDump(bytes) };
  if (text !== null) {
    const pretty = event.opcode >= 8 ? null : prettyJson(text);
    if (pretty !== null) forms.JSON = () => visible(pretty);
    forms.text = () => visible(text);
  }
  const shown = element('pre', { tabIndex: 0, 'aria-label': name });
  const buttons = Object.keys(forms).reverse().map(form => element('button', { type: 'button', 'aria-pressed': 'false' }, form));
  const press = button => {
    for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
    shown.textContent = forms[button.textContent]();
  };
  for (const button of buttons) button.addEventListener('click', () => press(button));
  press(buttons[0]);
  whole.append(element('div', { className: 'choice', role: 'group', 'aria-label': `Show the ${name.toLowerCase()} as` }, ...buttons), shown);
  return whole;
}

/** Everything about one row. */
function detail(conversation, event) {
  const isFrame = event.type === 'frame' || event.type === 'incomplete-header';
  const title = isFrame ? `Frame ${event.number}, ${WIDE[event.sender]}: ${event.opcodeName}` : event.type + (event.sender ? `, ${WIDE[event.sender]}` : '');
  const parts = [element('h3', {}, title)];
  if (event.time) parts.push(element('p', {}, `${event.time}, ${since(conversation, event)} s after the first event`));
  for (const violation of event.broken ?? []) {
    parts.push(element('p', { className: violation.severity }, element('strong', {}, `✗ ${violation.title}`), ` (${violation.citation}). Found: `, wire(violation.found)));
  }
  if (event.fault) parts.push(element('p', {}, `Sent on purpose: ${event.fault}`));
  if (event.complete === false) parts.push(element('p', { className: 'error' }, 'The input ends inside this frame.'));
  if (event.crossingMicros !== undefined) parts.push(element('p', {}, `It took ${duration(event.crossingMicros)} through the proxy.`));
  if (isFrame) {
    const bytes = bytesOf(event);
    parts.push(bitTable(event), unmasking(event, event.redacted ? null : bytes), closeWorking(event, bytes));
    if (event.type === 'frame') parts.push(payloadView(event, 'Payload'));
    if (event.message) parts.push(payloadView(event.message, messageName(event.message)));
  } else if (event.type === 'handshake') {
    parts.push(element('p', {}, 'The handshake above shows each header.'));
  } else {
    parts.push(element('p', {}, wire(rowText(event))), table('All properties', ['Name', 'Value'], Object.entries(event)
      .filter(([name]) => !['at', 'index', 'search', 'text', 'base64', 'omitted'].includes(name))
      .map(([name, value]) => [name, wire(typeof value === 'string' ? value : JSON.stringify(value))])));
    if (bytesOf(event)) parts.push(payloadView(event, 'Bytes'));
  }
  return parts.filter(Boolean);
}

function messageName({ number, kind, frames, length, compression }) {
  return `Message ${number}: ${kind}, ${count(length, 'byte')} in ${count(frames, 'frame')}${compression ? `, compressed to ${count(compression.length, 'byte')}` : ''}`;
}
