// The timeline of a conversation: both directions, pings with their pongs, gaps, closes, and who ended TCP.

const LINE = { width: 1000, left: 60, right: 940, client: 46, server: 104, height: 150 };
const KINDS = ['data', 'control', 'head', 'gap', 'close', 'error'];
const MOST_MARKS = 200;

/** What is drawn for a row; later kinds hide earlier ones. */
function kindOf(event) {
  if (event.broken?.some(({ severity, onPurpose }) => severity === 'error' && !onPurpose)) return 'error';
  if (event.type === 'gap') return 'gap';
  if (event.type === 'handshake') return event.violations.length && event.outcome !== 'accepted' ? 'error' : 'head';
  if (event.opcode === 8) return 'close';
  return event.opcode > 8 ? 'control' : 'data';
}

/** The place of a row on the line: by time, or by order where there are no times. */
function scaleOf(conversation) {
  const { rows, first, last } = conversation;
  const timed = first !== null && last > first;
  const from = timed ? first : 0;
  const length = timed ? last - first : Math.max(1, rows.length - 1);
  return { timed, x: event => LINE.left + ((timed ? event.at : event.index) - from) / length * (LINE.right - LINE.left) };
}

/** The longest times without anything, if they stand out. */
function silences(conversation) {
  const { rows, first, last } = conversation;
  if (first === null || rows.length < 3) return [];
  const found = [];
  for (let at = 1; at < rows.length; at++) {
    const micros = rows[at].at - rows[at - 1].at;
    if (micros >= 1e6 && micros * 8 >= last - first) found.push({ from: rows[at - 1], to: rows[at], micros });
  }
  return found.sort((a, b) => b.micros - a.micros).slice(0, 5);
}

function timeline(conversation, select) {
  const { timed, x } = scaleOf(conversation);
  const drawing = svg('svg', { viewBox: `0 0 ${LINE.width} ${LINE.height}`, role: 'img', 'aria-label': summary(conversation, timed), class: 'timeline' });
  for (const side of ['client', 'server']) {
    drawing.append(svg('line', { x1: LINE.left, x2: LINE.right, y1: LINE[side], y2: LINE[side], class: 'lane' }));
    drawing.append(svg('text', { x: 4, y: LINE[side] + 4, class: 'label' }, side));
  }
  for (const { from, to, micros } of silences(conversation)) {
    drawing.append(svg('text', { x: (x(from) + x(to)) / 2, y: 79, class: 'label middle' }, `${duration(micros)} of silence`));
  }
  for (const { ping, pong } of pings(conversation).slice(0, MOST_MARKS)) {
    if (pong) drawing.append(svg('line', { x1: x(ping), x2: x(pong), y1: LINE[ping.sender], y2: LINE[pong.sender], class: 'trip' }));
  }
  for (const mark of marks(conversation, x)) {
    const height = Math.min(34, 10 + 6 * Math.log2(mark.count));
    const rect = svg('rect', { x: mark.column - 1.5, width: 3, y: LINE[mark.side] - height / 2, height, class: mark.kind });
    rect.addEventListener('click', () => select(mark.event));
    drawing.append(rect);
  }
  for (const close of conversation.rows.filter(event => event.opcode === 8).slice(0, 4)) {
    const y = close.sender === 'client' ? 20 : 138;
    drawing.append(svg('text', { x: x(close), y, class: `label ${x(close) > 500 ? 'end' : ''}` }, `Close ${close.close?.code ?? ''}`));
  }
  end(conversation, drawing, x);
  return element('div', { className: 'scroll', tabIndex: 0, role: 'group', 'aria-label': 'Time line' }, drawing);
}

/** What is drawn at each column of a lane: the most important of its rows. */
function marks(conversation, x) {
  const columns = new Map();
  for (const event of conversation.rows) {
    if (!event.sender || !['frame', 'incomplete-header', 'handshake', 'gap'].includes(event.type)) continue;
    const column = Math.round(x(event) / 2) * 2;
    const key = `${event.sender}${column}`;
    const kind = kindOf(event);
    const mark = columns.get(key);
    if (!mark) columns.set(key, { column, side: event.sender, kind, event, count: 1 });
    else {
      mark.count++;
      if (KINDS.indexOf(kind) > KINDS.indexOf(mark.kind)) Object.assign(mark, { kind, event });
    }
  }
  return columns.values();
}

/** Who ended TCP, at the end of its lane. */
function end(conversation, drawing, x) {
  const { ended } = conversation;
  if (!ended?.tcpEnd) return;
  const [by, manner] = ended.tcpEnd.split('-');
  const at = x(ended);
  drawing.append(svg('line', { x1: at, x2: at, y1: LINE[by] - 22, y2: LINE[by] + 22, class: manner === 'fin' ? 'fin' : 'rst' }));
  drawing.append(svg('text', { x: at + 6, y: LINE[by] + 4, class: 'label' }, manner === 'fin' ? 'FIN' : manner === 'reset' || manner === 'drop' ? 'RST' : 'closed'));
}

/** The timeline in a few words, for those who cannot see it. */
function summary(conversation, timed) {
  const { frames, first, last } = conversation;
  const span = timed ? `, over ${duration(last - first)}` : ', in their order, because the source has no times';
  return `Time line: ${count(frames.client, 'frame')} of the client and ${count(frames.server, 'frame')} of the server${span}. The list below says the same in words.`;
}

/** The timeline in words. */
function timelineText(conversation) {
  const items = [];
  const add = (event, text) => items.push({ event, text });
  for (const event of conversation.rows) {
    if (event.type === 'handshake' || event.type === 'gap' || event.opcode === 8 || event === conversation.ended) {
      add(event, event.opcode === 8 ? `Close of the ${event.sender}: ${rowText(event)}` : event.type === 'handshake' ? `${event.sender === 'client' ? 'Request' : 'Response'}: ${rowText(event)}` : rowText(event));
    }
  }
  for (const { ping, pong } of pings(conversation)) {
    add(ping, `Ping of the ${ping.sender}: ${pong ? `Pong${ping.at === undefined ? '' : ` after ${duration(pong.at - ping.at)}`}` : 'no Pong'}`);
  }
  for (const { from, micros } of silences(conversation)) add(from, `then ${duration(micros)} of silence`);
  items.sort((a, b) => a.event.index - b.event.index);
  const list = element('ul', {}, ...items.slice(0, MOST_MARKS).map(({ event, text }) =>
    element('li', {}, event.at === undefined ? '' : element('code', {}, `${since(conversation, event)} s `), text)));
  if (items.length > MOST_MARKS) list.append(element('li', {}, `and ${items.length - MOST_MARKS} more`));
  return element('details', {}, element('summary', {}, 'The timeline in words'), list);
}

function legend() {
  const names = { data: 'data frame', control: 'Ping or Pong', close: 'Close', head: 'handshake', error: 'broken rule', gap: 'bytes missing' };
  return element('ul', { className: 'legend' }, ...Object.entries(names).map(([kind, name]) => element('li', { className: kind }, name)));
}
