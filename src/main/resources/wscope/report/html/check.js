// The page of a check: the verdict first, then the groups, what fails by its cause, and every case.

/** The outcomes, the worst first: a mark, words, and what they mean. */
const OUTCOMES = {
  fail: { mark: '✗', label: 'fail', meaning: 'breaks a rule' },
  hang: { mark: '✗', label: 'hang', meaning: 'does nothing in the time for the case; counts as a failure' },
  lenient: { mark: '~', label: 'lenient', meaning: 'is lax, but breaks no rule that demands a reaction' },
  'not-judgeable': { mark: '?', label: 'not judgeable', meaning: 'shows neither' },
  pass: { mark: '✓', label: 'pass', meaning: 'reacts as the rule demands' },
};

const hasFailed = ({ outcome }) => outcome === 'fail' || outcome === 'hang';

function readCheck(text) {
  // A page may be cut off even in its first line.
  const start = { program: 'wscope', made: 'an unknown day', command: [], checked: 'endpoint', name: '' };
  const check = { start, steps: [], cases: [], summary: null, end: null, truncated: false };
  check.truncated = eachLine(text, line => {
    const event = JSON.parse(line);
    if (event.type === 'report') check.start = event;
    else if (event.type === 'report-end') check.end = event;
    else if (event.type === 'probe-step') check.steps.push(event);
    else if (event.type === 'case') check.cases.push(event);
    else if (event.type === 'check') check.summary = event;
  });
  return check;
}

/** The number of cases with each outcome. */
function counts(cases) {
  const found = Object.fromEntries(Object.keys(OUTCOMES).map(name => [name, 0]));
  for (const { outcome } of cases) found[outcome]++;
  return found;
}

function countsText(found) {
  return Object.keys(OUTCOMES).filter(name => found[name]).map(name => `${OUTCOMES[name].label} ${found[name].toLocaleString('en')}`).join(', ');
}

/** The one sentence at the top. */
function sentence({ start, steps, cases, summary, end }) {
  const failed = cases.filter(hasFailed).length;
  const broken = steps.find(({ state }) => state === 'failed');
  const many = count(cases.length, 'case');
  const left = summary?.notRun > 0 ? `; ${count(summary.notRun, 'more case')} did not run` : '';
  if (failed) return { good: false, text: `The ${start.checked} fails ${failed.toLocaleString('en')} of ${many}${left}.` };
  if (broken && !cases.length) return { good: false, text: `The probe fails at its step "${broken.name}"${summary ? '' : '; no case ran'}.` };
  if (!cases.length && steps.length && end?.finished && !end.reason) return { good: true, text: `The probe works: no step fails.` };
  if (!cases.length) return { good: false, text: end?.reason ? `No case ran, because ${end.reason}.` : 'No case has ended yet.' };
  if (!summary || summary.notRun > 0) return { good: false, text: `The check is not complete: none of ${many} fails${left}.` };
  return { good: !broken, text: `The ${start.checked} fails none of ${many}${broken ? `, but the probe fails at its step "${broken.name}"` : ''}.` };
}

/** What did not run, and what is worse than before. */
function remarks(check) {
  const { summary } = check;
  const left = (summary?.leftOut ?? []).map(text => `Left out: ${visible(text)}.`);
  const worse = summary?.worse;
  const compared = !worse ? [] : [worse.length ? `Worse than in the baseline: ${worse.join(', ')}.` : 'Nothing is worse than in the baseline.'];
  return [...unfinished(check), ...left, ...compared];
}

function verdict(check) {
  const { good, text } = sentence(check);
  const rules = [...new Set(check.cases.filter(one => hasFailed(one) && one.brokenRule).map(one => one.brokenRule))];
  return section('verdict', 'Verdict',
    element('p', { className: `sentence ${good ? 'good' : 'bad'}` }, `${good ? '✓' : '✗'} ${text}`),
    check.cases.length ? element('p', {}, `${countsText(counts(check.cases))}.`) : null,
    rules.length ? element('p', {}, `Rules that it breaks: ${rules.join(', ')}.`) : null,
    ...remarks(check).map(remark => element('p', {}, remark)));
}

function probe({ steps }) {
  if (!steps.length) return null;
  const rows = steps.map(({ name, state, found, micros, rule, hint }) => [
    element('span', { className: state === 'failed' ? 'error' : '' }, `${state === 'failed' ? '✗' : state === 'done' ? '✓' : '•'} ${state}`), name,
    element('div', {}, wire(found), rule ? ` (${rule})` : '', hint ? element('p', { className: 'aside' }, 'What to do: ', wire(hint)) : ''), micros === undefined ? '' : duration(micros)]);
  return section('probe', 'Probe', table('The steps of one well-behaved connection', ['State', 'Step', 'Found', 'Time'], rows));
}

/** A bar with a part for each outcome; the numbers beside it say the same. */
function bar(found, total) {
  const drawing = svg('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', class: 'bar', 'aria-hidden': 'true' });
  let x = 0;
  for (const name of Object.keys(OUTCOMES).reverse()) {
    const width = found[name] / total * 100;
    if (width) drawing.append(svg('rect', { x, width, y: 0, height: 8, class: name }));
    x += width;
  }
  return drawing;
}

function groups({ cases }, filter) {
  if (!cases.length) return null;
  const names = [...new Set(cases.map(({ group }) => group))];
  const all = counts(cases);
  const shown = Object.keys(OUTCOMES).filter(name => all[name] || name === 'pass' || name === 'fail').reverse();
  const row = (name, own) => {
    const found = counts(own);
    const label = name ? element('button', { type: 'button', onclick: () => filter(name) }, name) : 'all';
    return [label, bar(found, own.length), ...[own.length, ...shown.map(outcome => found[outcome])].map(number => number.toLocaleString('en'))];
  };
  const rows = names.map(name => row(name, cases.filter(({ group }) => group === name)));
  if (names.length > 1) rows.push(row('', cases));
  const legend = element('ul', { className: 'outcomes' }, ...shown.map(name => element('li', { className: name }, `${OUTCOMES[name].label}: it ${OUTCOMES[name].meaning}`)));
  return section('groups', 'Groups', table('Outcomes by group', ['Group', 'Share', 'Cases', ...shown.map(name => OUTCOMES[name].label)], rows), legend);
}

/** What a case shows, one line for each part. */
function parts(one) {
  if (one.shortened) return [element('p', {}, 'The texts of this case were left out, because the page was full.')];
  const rows = [
    ['sent', wire(one.sends)], ['expected', one.expected], ['came', element('span', {}, wire(one.came), one.outcome === 'hang' ? ` within ${duration(one.micros)}` : `, in ${duration(one.micros)}`)],
    ['rule', one.rule && element('code', {}, one.rule)], ['broken', one.brokenRule && one.brokenRule !== one.rule && element('code', {}, one.brokenRule)],
    ['section', `${one.citation} (${one.strictness})`], ['look at', one.suspect && wire(one.suspect)], ['again', element('code', { className: 'command' }, visible(one.command))],
  ].filter(([, value]) => value);
  return [element('dl', {}, ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]))];
}

/** The cases that fail with the same cause, as the report in text has them. */
function causes(cases) {
  const found = new Map();
  for (const one of cases.filter(hasFailed)) {
    const key = JSON.stringify([one.brokenRule ?? [one.group, one.expected], one.outcome, one.suspect]);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(one);
  }
  const isAboutItsRule = ({ rule, brokenRule }) => brokenRule !== undefined && rule === brokenRule;
  return [...found.values()].map(same => [...same].sort((a, b) => isAboutItsRule(b) - isAboutItsRule(a)));
}

function failures({ cases }, open) {
  const found = causes(cases);
  if (!found.length) return null;
  const items = found.map(([first, ...others]) => element('li', { className: 'error' },
    element('h3', {}, `✗ ${first.id} `, element('span', { className: 'aside' }, `${OUTCOMES[first.outcome].label}, ${first.citation}`)), ...parts(first),
    others.length ? element('details', {}, element('summary', {}, `${count(others.length, 'more case')} with this cause`),
      element('ul', {}, ...others.map(one => element('li', {}, element('button', { type: 'button', onclick: () => open(one.id) }, one.id))))) : null));
  return section('failures', `What fails (${count(found.length, 'cause')})`, element('ol', { className: 'rules' }, ...items));
}

/** Every case, and what chooses among them. */
class CaseList {
  constructor(cases) {
    this.cases = cases;
    this.wanted = '';
    this.rows = cases.map(one => element('details', { id: `case-${one.id}`, className: `case ${one.outcome}` },
      element('summary', {}, element('span', { className: 'mark' }, `${OUTCOMES[one.outcome].mark} ${OUTCOMES[one.outcome].label}`), ' ', element('span', { className: 'id' }, one.id)), ...parts(one)));
    this.texts = cases.map(one => Object.values(one).join('\n').toLowerCase());
    this.number = element('p', { id: 'counts', role: 'status' });
    const found = counts(cases);
    this.buttons = ['', ...Object.keys(OUTCOMES).filter(name => found[name])].map(name => element('button', { type: 'button', 'data-outcome': name, onclick: () => this.choose(name) },
      name ? `${OUTCOMES[name].label} ${found[name].toLocaleString('en')}` : `all ${cases.length.toLocaleString('en')}`));
    this.group = element('select', { id: 'group', onchange: () => this.draw() }, element('option', { value: '' }, 'all groups'),
      ...[...new Set(cases.map(({ group }) => group))].map(name => element('option', { value: name }, name)));
    this.search = element('input', { id: 'search', type: 'search', oninput: () => this.draw() });
  }

  section() {
    const drawn = section('cases', 'Every case',
      element('div', { role: 'group', 'aria-label': 'Outcome', className: 'choice' }, ...this.buttons),
      element('div', { className: 'tools' }, element('p', {}, element('label', { for: 'group' }, 'Group'), this.group), element('p', {}, element('label', { for: 'search' }, 'Contains'), this.search)),
      this.number, ...this.rows);
    this.draw();
    return drawn;
  }

  choose(outcome) {
    this.wanted = outcome;
    this.draw();
  }

  draw() {
    const text = this.search.value.toLowerCase();
    let shown = 0;
    for (const [at, one] of this.cases.entries()) {
      const fits = (!this.wanted || one.outcome === this.wanted) && (!this.group.value || one.group === this.group.value) && this.texts[at].includes(text);
      this.rows[at].hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const button of this.buttons) button.setAttribute('aria-pressed', String(button.dataset.outcome === this.wanted));
    this.number.textContent = shown === this.cases.length ? count(shown, 'case') : `${shown.toLocaleString('en')} of ${count(this.cases.length, 'case')}`;
  }

  /** Shows the cases of a group only. */
  only(group) {
    this.wanted = '';
    this.search.value = '';
    this.group.value = group;
    this.draw();
    this.group.scrollIntoView({ block: 'center' });
    this.group.focus({ preventScroll: true });
  }

  /** Opens what is shown and did not pass, for paper; returns what closes it again. */
  printed() {
    const closed = [...document.querySelectorAll('#failures details, .case:not(.pass):not([hidden])')].filter(each => !each.open);
    for (const each of closed) each.open = true;
    return () => closed.forEach(each => { each.open = false; });
  }

  /** Opens a case. */
  open(id) {
    this.wanted = '';
    this.search.value = '';
    this.group.value = '';
    this.draw();
    const row = this.rows[this.cases.findIndex(one => one.id === id)];
    row.open = true;
    row.scrollIntoView({ block: 'center' });
    row.firstElementChild.focus({ preventScroll: true });
  }
}

/** What this page holds, and what not. */
function fidelity(check) {
  const shortened = check.cases.filter(one => one.shortened).length;
  const items = [
    'An outcome rests on what came over the wire within the time for the case: Close frames, pongs, messages, the end of TCP, and silence.',
    shortened ? `${count(shortened, 'case')} ${shortened === 1 ? 'has' : 'have'} no texts, because the page was full.` : '',
    check.summary ? `The seed of masking keys and random payloads: ${check.summary.seed}.` : '',
    redactedText(check.end),
  ].filter(Boolean);
  return section('fidelity', 'What this page can tell', element('ul', {}, ...items.map(text => element('li', {}, text))));
}

document.addEventListener('DOMContentLoaded', () => {
  const check = readCheck(document.getElementById('lines').textContent);
  const list = new CaseList(check.cases);
  const main = element('main', {}, verdict(check), probe(check), groups(check, name => list.only(name)), failures(check, id => list.open(id)),
    check.cases.length ? list.section() : null, fidelity(check));
  document.getElementById('content').replaceChildren(
    element('header', {}, element('h1', {}, `Check of a WebSocket ${check.start.checked}: `, wire(check.start.name)), madeBy(check.start)), main);
  let close = () => {};
  addEventListener('beforeprint', () => { close = list.printed(); });
  addEventListener('afterprint', () => close());
});
