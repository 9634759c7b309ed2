// The page: puts the sections together, and shows one conversation at a time.

/** What a header is for, by its name in lower case. */
const HEADERS = {
  'upgrade': 'asks for the change to WebSocket (RFC 6455 §4.1)',
  'connection': 'must contain Upgrade (RFC 6455 §4.1)',
  'host': 'names the server (RFC 9110 §7.2)',
  'origin': 'names the page that a browser connects from (RFC 6455 §10.2)',
  'sec-websocket-key': '16 random bytes in base64 (RFC 6455 §11.3.1)',
  'sec-websocket-version': 'must be 13 (RFC 6455 §4.1)',
  'sec-websocket-accept': 'proves that the server understood the key (RFC 6455 §4.2.2)',
  'sec-websocket-extensions': 'offers or accepts extensions (RFC 6455 §9.1)',
  'sec-websocket-protocol': 'offers or selects a subprotocol (RFC 6455 §1.9)',
};

/** The judgement of one header: the rules that it breaks, or what it is for. */
function judge(head, request, { name, value }, violations) {
  const lower = name.toLowerCase();
  const guilty = violations.filter(({ title, found, rule }) => [title, found].some(text => text.toLowerCase().includes(lower))
    || (lower.startsWith('sec-websocket-') && rule.startsWith(lower.replace('sec-websocket-', ''))));
  if (guilty.length) return guilty.map(({ title, citation }) => `✗ ${title} (${citation})`).join('; ');
  if (lower === 'sec-websocket-accept' && request?.accept !== undefined) {
    return value === request.accept ? '✓ fits the key: base64 of the SHA-1 of the key and the GUID' : `✗ does not fit the key, which needs ${request.accept}`;
  }
  return HEADERS[lower] ? `✓ ${HEADERS[lower]}` : '';
}

function headView(conversation, head) {
  const request = conversation.heads.find(each => each.sender === 'client');
  const violations = conversation.violations.filter(each => !each.frame && each.sender === head.sender);
  const first = head.sender === 'client' ? `${head.method} ${head.target} ${head.version}` : `${head.version} ${head.status} ${head.reason ?? ''}`;
  const parts = [element('h3', {}, `${head.sender === 'client' ? 'Request' : 'Response'}: ${head.outcome ?? 'incomplete'}`)];
  if (head.received !== undefined) {
    parts.push(element('pre', { tabIndex: 0, 'aria-label': 'What was received' }, visible(head.received)));
  } else {
    parts.push(element('p', {}, wire(first)));
    parts.push(table(`Headers of the ${head.sender}`, ['Name', 'Value', 'Judgement'], head.fields.map(field => {
      const judgement = judge(head, request, field, violations);
      return [wire(field.name), wire(field.value), element('span', { className: judgement.startsWith('✗') ? 'error' : '' }, judgement)];
    })));
  }
  const left = violations.filter(({ title, found }) => !(head.fields ?? []).some(({ name }) => [title, found].some(text => text.toLowerCase().includes(name.toLowerCase()))));
  for (const { title, citation, found } of left) parts.push(element('p', { className: 'error' }, `✗ ${title} (${citation}). Found: `, wire(found)));
  if (head.why) parts.push(element('p', { className: 'error' }, wire(head.why)));
  return parts;
}

function handshake(conversation) {
  const { heads } = conversation;
  if (heads.length === 0) return [element('p', {}, 'The source holds no handshake.')];
  return heads.slice(0, 20).flatMap(head => headView(conversation, head));
}

/** The name of a conversation, with its addresses and target. */
function nameOf(report, conversation) {
  const request = conversation.heads.find(each => each.sender === 'client');
  const row = report.rows.get(conversation.number);
  const target = request?.target ?? row?.target;
  const { connected } = conversation;
  const peer = connected?.client ? `${addressText(connected.client)} → ${addressText(connected.server)}` : connected?.authority ?? (connected?.address || connected?.path ? addressText(connected) : '');
  return { number: conversation.number || report.conversations.indexOf(conversation) + 1, peer: visible(peer), target: visible(target ?? '') };
}

function connections(report, open) {
  const rows = report.conversations.map(conversation => {
    const { number, peer, target } = nameOf(report, conversation);
    const end = ending(conversation);
    const errors = conversation.violations.filter(({ severity, onPurpose }) => severity === 'error' && !onPurpose).length;
    const button = element('button', { type: 'button', onclick: () => open(conversation, true), 'data-number': String(number), 'aria-label': `Connection ${number}` }, String(number));
    return [button, element('bdi', {}, peer), element('bdi', {}, target), `${conversation.frames.client} / ${conversation.frames.server}`,
      errors ? element('span', { className: 'error' }, `✗ ${errors}`) : '0', element('span', { className: end.good ? '' : 'error' }, end.text)];
  });
  return section('connections', `Connections (${report.conversations.length})`, table('All connections', ['Connection', 'Peers', 'Target', 'Frames of client / server', 'Errors', 'End'], rows));
}

/** What the source can show, and what it cannot. */
function fidelity(report) {
  const { start, conversations } = report;
  const captured = conversations.filter(each => each.connected?.type === 'captured');
  const items = [];
  if (start.source === 'serve') items.push('wscope was the server. It saw each byte of its clients and made each byte of its own; the times are those of wscope.');
  if (start.source === 'connect') items.push('wscope was the client. It saw each byte of the server and made each byte of its own; the times are those of wscope.');
  if (start.source === 'proxy') items.push('wscope stood between client and server, passed on each byte, and looked at a copy; the times are those of wscope.');
  if (start.source === 'decode' && captured.length) items.push('The source is a capture of packets; the times are those of the packets.');
  if (start.source === 'decode' && !captured.length) {
    items.push(conversations.some(each => each.number > 0) ? 'The source is a recording by wscope, with its times.'
      : 'The source is bytes without times. Where it does not say who sent them, wscope took masked frames for those of the client.');
  }
  const partial = captured.filter(each => !each.connected.whole).map(each => each.number);
  if (partial.length) items.push(`The capture lacks the beginning of connection ${partial.slice(0, 20).join(', ')}.`);
  const holes = conversations.filter(each => each.gaps > 0);
  if (holes.length) items.push(`Bytes are missing: ${holes.slice(0, 20).map(each => `${count(each.missing, 'byte')} of connection ${each.number}`).join(', ')}.`);
  const differing = conversations.filter(each => each.differing > 0);
  if (differing.length) items.push(`Retransmissions differ from what was captured first, which this page shows: in ${differing.slice(0, 20).map(each => `${count(each.differing, 'byte')} of connection ${each.number}`).join(', ')}.`);
  const unjudged = new Set(conversations.flatMap(each => each.ended?.notJudgeable ?? []));
  if (unjudged.size) items.push(`These groups of rules could not be judged: ${[...unjudged].join(', ')}.`);
  for (const event of report.general) {
    if (event.type === 'bytes-lost' || event.type === 'missed' || event.type === 'lines-skipped') items.push(`${event.type}: ${visible(propertiesText(event))}`);
  }
  return section('fidelity', 'What this page can tell', element('ul', {}, ...[...items, ...leftOut(report), ...redacted(report)].map(text => element('li', {}, text))));
}

function leftOut({ start, end, truncated }) {
  const items = [`Of each payload, at most ${start.payloadLimit.toLocaleString('en')} bytes are on this page.`];
  const counts = Object.entries(end?.leftOut ?? {});
  if (counts.length) items.push(`Left out, because the page was full: ${counts.map(([type, number]) => `${type} ${number.toLocaleString('en')}`).join(', ')}.`);
  const rules = Object.entries(end?.leftOutRules ?? {});
  if (rules.length) items.push(`Among them are violations of: ${rules.map(([rule, number]) => `${rule} (${number})`).join(', ')}.`);
  return [...items, ...unfinished({ end, truncated })];
}

function redacted({ start, end }) {
  if (!start.redacts) return ['Nothing was redacted, as requested: this page may hold passwords and tokens.'];
  return [redactedText(end),
    'The masking key is left out with a redacted payload. Fragments and compressed frames cannot be searched; only their messages are shown.'];
}

function about({ start, general }) {
  const listening = general.filter(event => event.type === 'listening').flatMap(({ urls, behaviour }) => [`Listening on ${urls.join(', ')}; ${behaviour}`]);
  const tried = general.filter(event => event.type === 'attempt-failed').slice(0, 10).map(event => `Connecting to ${addressText(event)} failed: ${event.cause}`);
  return element('header', {}, element('h1', {}, 'WebSocket report'),
    madeBy(start),
    ...[...listening, ...tried].map(text => element('p', {}, visible(text))));
}

class Page {
  constructor(report, place) {
    this.report = report;
    this.place = place;
    this.conversation = element('div', { id: 'conversation' });
    this.detail = element('section', { id: 'detail', 'aria-label': 'The selected row', tabIndex: -1 });
  }

  draw() {
    const { report } = this;
    const many = report.conversations.length > 1;
    const main = element('main', {}, verdictSection(report, (conversation, violation) => this.go(conversation, violation)),
      many ? connections(report, conversation => this.open(conversation, true)) : null, this.conversation, fidelity(report));
    this.place.replaceChildren(about(report), main);
    const worst = report.conversations.find(each => each.violations.length) ?? report.conversations.find(each => !ending(each).good) ?? report.conversations[0];
    if (worst) this.open(worst, false);
  }

  /** Shows a conversation. */
  open(conversation, focus) {
    if (this.list) removeEventListener('resize', this.list.resized);
    this.shown = conversation;
    this.list = new FrameList(conversation, (of, event) => this.showDetail(of, event));
    this.detail.replaceChildren(element('p', {}, 'Select a row to see its bits.'));
    const { number, peer, target } = nameOf(this.report, conversation);
    const many = this.report.conversations.length > 1;
    const heading = element('h2', { tabIndex: -1 }, many ? `Connection ${number} ` : 'The connection ', element('bdi', { className: 'aside' }, [peer, target].filter(Boolean).join('  ')));
    this.conversation.replaceChildren(
      heading, many ? element('p', {}, ending(conversation).text) : '',
      timeline(conversation, event => this.list.selectEvent(event)), legend(), timelineText(conversation),
      element('details', { open: true }, element('summary', {}, 'Handshake'), ...handshake(conversation)),
      element('div', { className: 'both' }, element('section', { 'aria-labelledby': 'frames-heading' }, element('h3', { id: 'frames-heading' }, 'Frames and events'), this.list.element()), this.detail));
    for (const button of document.querySelectorAll('#connections button')) button.setAttribute('aria-current', String(button.dataset.number === String(number)));
    this.list.draw();
    if (focus) {
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    }
  }

  showDetail(conversation, event) {
    this.detail.replaceChildren(...detail(conversation, event));
  }

  /** Shows the place of a violation. */
  go(conversation, violation) {
    if (this.shown !== conversation) this.open(conversation, false);
    const event = violation.frame ? conversation.byFrame.get(`${violation.sender}${violation.frame}`) : conversation.heads.find(head => head.sender === violation.sender);
    if (event) this.list.selectEvent(event);
    document.getElementById('frames').scrollIntoView({ block: 'nearest' });
    document.getElementById('frames').focus({ preventScroll: true });
  }
}

document.addEventListener('DOMContentLoaded', () => {
  const report = readLines(document.getElementById('lines').textContent);
  const page = new Page(report, document.getElementById('content'));
  page.draw();
  let printed = null;
  addEventListener('beforeprint', () => {
    printed = page.list && page.list.printed();
    if (printed) page.list.box.after(printed);
  });
  addEventListener('afterprint', () => printed && printed.remove());
});
