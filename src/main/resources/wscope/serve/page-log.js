// The logs. Received data is always inserted as text, never as markup.

const MOST_ENTRIES = 500;
const LONGEST_SHOWN = 4000;
const byId = id => document.getElementById(id);
const followed = new Set();

function element(name, text = '', className = '') {
  const created = document.createElement(name);
  created.textContent = text;
  if (className) created.className = className;
  return created;
}

function cut(text) {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… ${text.length - LONGEST_SHOWN} more` : text;
}

function count(number, unit, plural = `${unit}s`) {
  return `${number} ${number === 1 ? unit : plural}`;
}

/** The local time of day, to the millisecond. */
function clock(date) {
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function hex(bytes) {
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join(' ');
}

/** A part of a payload, cut to what is shown. */
function shownHex(bytes) {
  return cut(hex(bytes.subarray(0, LONGEST_SHOWN / 3 + 2)));
}

/** Says something to the user, who may not see the screen. */
function tell(text) {
  byId('notice').value = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { byId('notice').value = ''; }, 5000);
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

/**
 * Adds an entry at the end, and removes the oldest one if there are too many. The parts are functions that create
 * what the entry shows when it is opened.
 */
function add(log, time, kind, text, { style = '', note = '', parts = [] } = {}) {
  follow(log);
  const entry = element('li', '', style);
  const line = element(parts.length > 0 ? 'summary' : 'p');
  line.append(element('time', time), ' ', element('b', kind), ' ', element('span', cut(text)));
  if (parts.length > 0) {
    const details = element('details');
    details.append(line);
    details.addEventListener('toggle', () => details.append(...parts.flatMap(part => part())), { once: true });
    entry.append(details);
  } else {
    entry.append(line);
  }
  if (note) entry.append(element('small', cut(note), 'note'));
  const list = log.firstElementChild;
  list.append(entry);
  if (list.childElementCount > MOST_ENTRIES) list.firstElementChild.remove();
  return entry;
}

function block(text) {
  return () => [element('pre', cut(text))];
}

function button(name, action) {
  const created = element('button', name);
  created.type = 'button';
  created.addEventListener('click', action);
  return created;
}

/** Copies a text; browsers allow that only to pages of this machine and with TLS. */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${what}`);
  } catch (error) {
    tell(`Not copied: ${error.message}`);
  }
}

/**
 * The buttons for a payload.
 *
 * @param data the text or bytes, or the first of them
 * @param omitted the number of further bytes, which this page does not have
 * @param resend sends a whole message again; null for other payloads
 */
function actions(data, omitted, resend) {
  return () => {
    const text = typeof data === 'string' ? data : hex(data);
    const what = omitted ? `the beginning; ${count(omitted, 'more byte')} not received by this page` : typeof data === 'string' ? 'the text' : 'the bytes in hex';
    const row = element('p', '', 'actions');
    row.append(button('Copy', () => copy(text, what)));
    if (resend && !omitted) row.append(button('Send again', () => resend(data)));
    return [row];
  };
}
