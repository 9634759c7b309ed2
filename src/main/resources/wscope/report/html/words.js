// Elements and words. What came from a peer is only ever set as text.

/** Characters that a reader cannot see, or that change the direction of the text around them. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text in which each character can be seen. */
function visible(text) {
  return String(text).replace(UNSEEN, c => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

/** Takes each line of JSON, and says whether the last one was cut off: the process that wrote it has ended early. */
function eachLine(text, take) {
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    try {
      take(line);
    } catch (error) {
      if (!(error instanceof SyntaxError) || at < lines.length - 1) throw error;
      return true;
    }
  }
  return false;
}

/** Creates an element; properties beginning with aria-, data- or role are attributes. */
function element(name, properties = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (/^(aria-|data-|role$|for$)/.test(key)) created.setAttribute(key, value);
    else created[key] = value;
  }
  created.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return created;
}

/** A section with a heading. */
function section(id, heading, ...children) {
  const title = element('h2', { id: `${id}-heading` }, heading);
  return element('section', { id, 'aria-labelledby': title.id }, title, ...children);
}

/** A text of a peer, on its own so that its direction changes nothing else. */
function wire(text) {
  return element('bdi', { className: 'wire' }, visible(text));
}

function table(caption, columns, rows) {
  const head = element('tr', {}, ...columns.map(name => element('th', { scope: 'col' }, name)));
  const body = element('tbody', {}, ...rows.map(cells => element('tr', {}, ...cells.map(cell => element('td', {}, cell)))));
  const whole = element('table', {}, element('caption', {}, caption), element('thead', {}, head), body);
  return element('div', { className: 'scroll', tabIndex: 0, role: 'group', 'aria-label': caption }, whole);
}

/** Creates a drawing, or a part of it. */
function svg(name, attributes, ...children) {
  const created = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}

/** Who made the page, when, and with which command. */
function madeBy({ program, made, command }) {
  const words = command.map(word => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
  return element('p', {}, `Made by ${program} on ${made.replace('T', ' ').replace('Z', ' UTC')} with: `, element('code', {}, visible(`wscope ${words}`)));
}

/** What was redacted, and that there may be more to hide. */
function redactedText(end) {
  const names = Object.entries(end?.redacted ?? {});
  const found = names.length ? `Redacted: ${names.map(([name, number]) => `${name} ${number}`).join(', ')}.` : 'Redacted: nothing, because no secret was found.';
  return `${found} wscope knows the usual names of credentials in headers, URLs and JSON, not every secret, and does not hide one in an event before the one that names it: look at the page before you pass it on.`;
}

/** What a page lacks because its writing has not ended. */
function unfinished({ end, truncated }) {
  if (truncated || !end) return ['The page was cut off while wscope wrote it; its last lines are missing.'];
  return end.finished ? [] : ['wscope was still running, or was ended by force, when this page was last written.'];
}

function count(number, one, many = `${one}s`) {
  return `${Number(number).toLocaleString('en')} ${number === 1 ? one : many}`;
}

const WIDE = { client: 'client to server', server: 'server to client' };
const other = sender => (sender === 'client' ? 'server' : 'client');

/** A duration in microseconds. */
function duration(micros) {
  if (micros < 1000) return `${micros} µs`;
  if (micros < 1e6) return `${(micros / 1000).toPrecision(3)} ms`;
  return micros < 6e7 ? `${(micros / 1e6).toPrecision(3)} s` : `${Math.floor(micros / 6e7)} min ${Math.round((micros % 6e7) / 1e6)} s`;
}

/** The time of an event since the first one of its conversation, in seconds. */
function since(conversation, event) {
  return event.at === undefined ? '' : ((event.at - conversation.first) / 1e6).toFixed(6);
}

function closeText(close) {
  if (close.code === undefined) return 'no code (1005)';
  const reason = close.reason ?? (close.reasonBase64 === undefined ? '' : `base64 ${close.reasonBase64}`);
  return `${close.code} ${close.codeName}${reason ? `, "${visible(reason)}"` : ''}`;
}

/** An address: its host and port, or the path of a socket. */
function addressText(address) {
  if (address.path !== undefined) return address.path;
  return address.address.includes(':') ? `[${address.address}]:${address.port}` : `${address.address}:${address.port}`;
}

/** An event of a type without words of its own: its properties. */
function propertiesText({ type, time, at, index, connection, sender, ...rest }) {
  return Object.entries(rest).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ');
}

/** The first characters of a payload, in one line. */
function preview(event) {
  if (event.withheldPayload) return event.message ? preview(event.message) : '(payload left out, see the message)';
  if (event.close) return closeText(event.close);
  if (event.text !== undefined) return visible(event.text.slice(0, 200).replace(/\s+/g, ' '));
  if (event.base64 === undefined) return '';
  return Array.from(atob(event.base64.slice(0, 64)), c => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
}

/** What a row of the list says. */
function rowText(event) {
  switch (event.type) {
    case 'frame':
      return preview(event);
    case 'incomplete-header':
      return 'the header is incomplete';
    case 'handshake':
      return event.sender === 'client'
        ? visible(`${event.method ?? ''} ${event.target ?? event.received ?? ''}`)
        : visible(`${event.status ?? ''} ${event.reason ?? event.received ?? ''}`);
    case 'connected':
      return addressText(event);
    case 'captured':
      return `${addressText(event.client)} → ${addressText(event.server)}`;
    case 'gap':
      return `${count(event.missing, 'byte')} of the ${event.sender} ${event.missing === 1 ? 'is' : 'are'} missing in the capture`;
    case 'retransmission-differs':
      return `what the ${event.sender} retransmitted differs in ${count(event.bytes, 'byte')} from what was captured first, from offset ${event.offset.toLocaleString('en')} of its TCP stream on`;
    case 'waiting':
      return `the ${event.sender} still has to send: ${event.awaited} (${duration(event.millis * 1000)} without input)`;
    case 'silence':
      return `nothing for ${duration(event.millis * 1000)}${event.ping ? ', a Ping follows' : ''}`;
    case 'half-closed':
      return `the ${event.sender} ended its direction of TCP (FIN)`;
    case 'disconnected':
    case 'parted':
    case 'capture-ended':
      return tcpEndText(event);
    default:
      return visible(propertiesText(event)).slice(0, 300);
  }
}

const MANNERS = { fin: 'ended TCP (FIN)', reset: 'reset TCP (RST)', deadline: 'closed TCP at a deadline', drop: 'reset TCP on purpose', abort: 'closed TCP at once' };

/** Who ended TCP first. */
function tcpEndText({ tcpEnd, trouble }) {
  if (!tcpEnd) return 'the end of TCP was not seen';
  const [by, manner] = tcpEnd.split('-');
  return `the ${by} ${MANNERS[manner] ?? manner}${trouble ? `: ${visible(trouble)}` : ''}`;
}
