// The verdict: broken rules, how each connection ended, and what could not be judged.

/** The violations of a conversation by rule and sender, errors first. */
function brokenRules(conversations) {
  const groups = new Map();
  for (const conversation of conversations) {
    for (const violation of conversation.violations) {
      const key = `${violation.sender} ${violation.rule} ${violation.onPurpose ?? ''}`;
      if (!groups.has(key)) groups.set(key, { first: violation, places: [], count: 0 });
      const group = groups.get(key);
      group.count++;
      if (group.places.length < 8) group.places.push({ conversation, violation });
    }
  }
  const rank = ({ first }) => (first.onPurpose ? 2 : first.severity === 'error' ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** Whether a WebSocket was opened: a response accepted it, or frames came. */
function isOpened(conversation) {
  return conversation.ended?.opened ?? (conversation.heads.some(head => head.status === 101) || conversation.frames.client + conversation.frames.server > 0);
}

/** The response that rejected the handshake; null if none did. */
function rejection(conversation) {
  return conversation.heads.find(head => head.sender === 'server' && head.outcome === 'refused') ?? null;
}

/** How a conversation ended: whether well, and in words. */
function ending(conversation) {
  const { ended, closes } = conversation;
  const rejected = rejection(conversation);
  if (rejected) return { good: false, text: `The server rejected the handshake: HTTP ${rejected.status} ${visible(rejected.reason ?? '')}.` };
  if (ended?.type === 'page') return { good: true, text: `A plain HTTP request: ${visible(ended.method)} ${visible(ended.target)}, response ${ended.status ?? 'none'}.` };
  if (ended?.type === 'tunnelled') return { good: true, text: 'A tunnel: wscope passed its bytes on unseen.' };
  if (!isOpened(conversation)) {
    const trouble = ended?.trouble ? `: ${visible(ended.trouble)}` : ended ? `; ${tcpEndText(ended)}` : '';
    return { good: false, text: `No WebSocket was opened${trouble}.` };
  }
  const byFrame = closes[0] && closesText(closes);
  if (!byFrame && ended && ended.type !== 'end') {
    return ended.tcpEnd
      ? { good: false, text: `The connection ended without a Close frame, which an API reports as 1006: ${tcpEndText(ended)}.` }
      : { good: false, text: 'The capture ends while the connection is open.' };
  }
  if (!byFrame) {
    const text = ended ? 'The input ends while the connection is open; it holds no Close frame.' : 'The connection was open when this page was written.';
    return { good: true, text: text + unfinishedText(conversation) };
  }
  const both = new Set(closes.map(close => close.sender)).size === 2;
  const normal = closes.every(close => close.code === undefined || close.code === 1000 || close.code === 1001);
  const tcp = ended && ended.tcpEnd ? ` Then ${tcpEndText(ended)}.` : '';
  const reset = (ended?.tcpEnd ?? '').endsWith('reset');
  return { good: normal && !reset && (both || !ended || ended.type === 'end'), text: byFrame + tcp };
}

function closesText(closes) {
  const [first] = closes;
  const second = closes.find(close => close.sender !== first.sender);
  const answer = second ? `the ${second.sender} answered with ${closeText(second)}` : `no Close frame of the ${other(first.sender)} was seen`;
  return `The ${first.sender} closed first: ${closeText(first)}; ${answer}.`;
}

/** What is incomplete where the input ends. */
function unfinishedText(conversation) {
  return (conversation.unfinished ?? []).map(({ incomplete, unfinishedMessages }) => {
    const parts = [];
    if (incomplete) parts.push(` It ends inside ${incomplete.frame ? `frame ${incomplete.frame}, in its ${incomplete.field}` : `the ${incomplete.field}`}${incomplete.missing ? `: ${count(Number(incomplete.missing), 'byte')} missing` : ''}.`);
    if (unfinishedMessages.length) parts.push(` Not complete: message ${unfinishedMessages.join(', ')}.`);
    return parts.join('');
  }).join('');
}

/** The one sentence at the top. */
function sentence(report) {
  const { conversations } = report;
  const errors = brokenRules(conversations).filter(({ first }) => first.severity === 'error' && !first.onPurpose);
  const by = sender => errors.filter(({ first }) => first.sender === sender).length;
  if (errors.length > 0) {
    const parts = ['client', 'server'].filter(by).map(sender => `the ${sender} breaks ${count(by(sender), 'rule')}`);
    return { good: false, text: `${parts.join(', ').replace(/^t/, 'T')}.` };
  }
  if (report.end?.leftOutRules && Object.keys(report.end.leftOutRules).length) return { good: false, text: 'Rules are broken; they are among what this page leaves out.' };
  if (conversations.length === 0) return { good: true, text: 'No connection was seen yet.' };
  const bad = conversations.filter(each => !ending(each).good);
  if (bad.length === 0) return { good: true, text: 'No broken rule was seen.' };
  const all = conversations.length === 1 ? ending(bad[0]).text : `${bad.length} of ${conversations.length} connections did not end well; the list says how.`;
  return { good: false, text: `No broken rule was seen. ${all}` };
}

/** The verdict as a section; go shows a place in its conversation. */
function verdictSection(report, go) {
  const { good, text } = sentence(report);
  const groups = brokenRules(report.conversations);
  const list = element('ol', { className: 'rules' }, ...groups.map(group => ruleItem(group, report, go)));
  const causes = report.conversations.flatMap(({ causes: found }) => found).slice(0, 20);
  const causeList = element('ul', {}, ...causes.map(cause => element('li', {}, `The ${cause.sender}, frame ${cause.frame}: ${visible(cause.cause)}. Found: `, wire(cause.found))));
  return section('verdict', 'Verdict',
    element('p', { className: `sentence ${good ? 'good' : 'bad'}` }, `${good ? '✓' : '✗'} ${text}`),
    report.conversations.length === 1 && text !== ending(report.conversations[0]).text && !text.endsWith(ending(report.conversations[0]).text)
      ? element('p', {}, ending(report.conversations[0]).text) : null,
    groups.length ? list : null,
    causes.length ? element('h3', {}, 'Likely causes') : null, causes.length ? causeList : null);
}

function ruleItem({ first, places, count: number }, report, go) {
  const purpose = first.onPurpose ? ` (on purpose: ${first.onPurpose})` : '';
  const mark = first.onPurpose ? '•' : first.severity === 'error' ? '✗' : '!';
  const buttons = places.map(({ conversation, violation }) => {
    const where = violation.frame ? `frame ${violation.frame}` : 'handshake';
    const connection = report.conversations.length > 1 ? `connection ${conversation.number || report.conversations.indexOf(conversation) + 1}, ` : '';
    return element('button', { type: 'button', onclick: () => go(conversation, violation) }, connection + where);
  });
  return element('li', { className: first.onPurpose ? 'purpose' : first.severity },
    element('p', {}, element('strong', {}, `${mark} ${first.title}`), `${purpose} — sent by the ${first.sender}`),
    element('p', {}, element('code', {}, first.rule), `, ${first.citation}${first.closeCode ? `, close code ${first.closeCode}` : ''}${first.httpStatus ? `, HTTP ${first.httpStatus}` : ''}`),
    element('p', {}, 'Found: ', wire(first.found), number > 1 ? ` (${count(number, 'time')} in all)` : ''),
    first.hint ? element('p', {}, 'What to do: ', wire(first.hint)) : null,
    element('p', { className: 'places' }, ...buttons, number > places.length ? ` and ${number - places.length} more` : ''));
}
