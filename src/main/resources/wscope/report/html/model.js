// The data of the page: one JSON object a line, as wscope writes them, put together by connection.

/** Reads a line. JSON numbers lose digits above 2^53, so a longer payload length stays text. */
function parse(line) {
  const event = JSON.parse(line);
  if (event.payloadLength > Number.MAX_SAFE_INTEGER) [, event.payloadLength] = /"payloadLength":(\d+)/.exec(line);
  return event;
}

/** Reads all lines. */
function readLines(text) {
  // A page may be cut off even in its first line.
  const start = { program: 'wscope', source: '', made: 'an unknown day', command: [], payloadLimit: 0, redacts: true };
  const report = { start, end: null, truncated: false, conversations: [], general: [], rows: new Map() };
  report.truncated = eachLine(text, line => take(report, parse(line)));
  return report;
}

const STREAM_ENDS = new Set(['disconnected', 'parted', 'capture-ended', 'tunnelled', 'page']);
const WITHOUT_CONNECTION = new Set(['listening', 'resolved', 'redirect', 'retrying', 'attempt-failed', 'turned-away', 'accept-failed',
  'recording-stopped', 'script-changed', 'missed', 'stopped', 'find', 'bytes-lost', 'lines-skipped']);

function take(report, event) {
  if (event.type === 'report') {
    report.start = event;
  } else if (event.type === 'report-end') {
    report.end = event;
  } else if (event.type === 'capture-row') {
    report.rows.set(event.connection, event);
  } else if (WITHOUT_CONNECTION.has(event.type)) {
    report.general.push(event);
  } else {
    observe(conversationOf(report, event), event);
  }
}

/** The conversation of an event: of its connection, or of the current stream of bytes. */
function conversationOf(report, event) {
  const number = event.connection || 0;
  let found = report.current;
  if (number ? !found || found.number !== number : !found || found.number !== 0 || found.ended) {
    found = number && report.conversations.find(each => each.number === number);
  }
  if (!found) {
    found = {
      number, rows: [], heads: [], violations: [], closes: [], causes: [], frames: { client: 0, server: 0 }, messages: { client: 0, server: 0 },
      byFrame: new Map(), gaps: 0, missing: 0, differing: 0, first: null, last: null, ended: null, connected: null,
    };
    report.conversations.push(found);
  }
  report.current = found;
  return found;
}

/** Files an event of a conversation. */
function observe(conversation, event) {
  if (event.time) {
    event.at = timeOf(event.time);
    conversation.first ??= event.at;
    conversation.last = Math.max(conversation.last ?? event.at, event.at);
  }
  const known = conversation.byFrame.get(`${event.sender}${event.frame}`);
  switch (event.type) {
    case 'frame':
    case 'incomplete-header':
      conversation.byFrame.set(`${event.sender}${event.number}`, event);
      conversation.frames[event.sender]++;
      conversation.lastFrame = event;
      addRow(conversation, event);
      break;
    case 'message':
      conversation.messages[event.sender]++;
      if (event.text !== undefined || event.base64 !== undefined) attach(conversation, event);
      break;
    case 'control':
      break; // its frame shows it
    case 'close':
      conversation.closes.push(event);
      if (known) known.close = event;
      break;
    case 'cause':
      conversation.causes.push(event);
      break;
    case 'violation':
      conversation.violations.push(event);
      if (known) (known.broken ??= []).push(event);
      break;
    case 'handshake':
      conversation.heads.push(event);
      addRow(conversation, event);
      break;
    case 'gap':
      conversation.gaps++;
      conversation.missing += event.missing;
      addRow(conversation, event);
      break;
    case 'retransmission-differs':
      conversation.differing += event.bytes;
      addRow(conversation, event);
      break;
    case 'connected':
    case 'captured':
    case 'proxied':
      conversation.connected = event;
      addRow(conversation, event);
      break;
    case 'end':
      // Each direction of a connection has an end; a stream of bytes has one, without a sender.
      if (event.incomplete || event.unfinishedMessages.length > 0) (conversation.unfinished ??= []).push(event);
      if (!event.connection) conversation.ended = event;
      break;
    default:
      if (STREAM_ENDS.has(event.type)) conversation.ended = event;
      addRow(conversation, event);
  }
}

function addRow(conversation, event) {
  event.index = conversation.rows.length;
  conversation.rows.push(event);
}

/** A message of several frames, or a compressed one, is shown with its last frame. */
function attach(conversation, message) {
  const frame = conversation.lastFrame;
  if (frame && frame.sender === message.sender) frame.message = message;
}

/** Microseconds since 1970 of a time such as 2026-11-21T14:06:05.123456Z; Date has milliseconds only. */
function timeOf(text) {
  const [, seconds, fraction = ''] = /^([^.Z]*)(?:\.(\d+))?Z$/.exec(text);
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** The bytes of a payload; null if the page does not hold it. */
function bytesOf(event) {
  if (event.base64 !== undefined) return Uint8Array.from(atob(event.base64), character => character.charCodeAt(0));
  return event.text === undefined ? null : new TextEncoder().encode(event.text);
}

/** The text of a payload; null if it is not UTF-8. */
function textOf(event) {
  if (event.base64 === undefined) return event.text ?? null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(event));
  } catch {
    return null;
  }
}

/** Pairs each Ping with the Pong of the other endpoint that has its payload. */
function pings(conversation) {
  if (conversation.pings) return conversation.pings;
  const waiting = { client: new Map(), server: new Map() };
  conversation.pings = [];
  for (const event of conversation.rows) {
    if (event.type !== 'frame' || (event.opcode !== 9 && event.opcode !== 10)) continue;
    const payload = event.base64 ?? event.text;
    if (event.opcode === 9) {
      const ping = { ping: event, pong: null };
      conversation.pings.push(ping);
      waiting[event.sender].set(payload, ping);
    } else {
      const asked = waiting[event.sender === 'client' ? 'server' : 'client'];
      const ping = asked.get(payload);
      if (ping) ping.pong = event;
      asked.delete(payload);
    }
  }
  return conversation.pings;
}
