/** The holidays that the office enters, year by year. Each change sends the whole list, from the version that was read. */

import { call, get } from './api.js';
import { question } from './dialog.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { say } from './lang.js';
import { failed, notice } from './notice.js';
import { row } from './rows.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';
import { weekday } from './weekday.js';

/** @typedef {import('./rounds').Holidays} Holidays */
/** @typedef {Holidays['items'][number]} Holiday */

const root = byId('holidays');
/** @type {Holiday[]} */
let items = [];
let etag = '';

const add = question('ask-add', {
  send: (/** @type {null} */ _about, { day = '', name = '' }) => save([...items, { day, name }]),
  done: () => changed(say('เพิ่มวันหยุดแล้ว', 'The holiday is added.')),
  refused,
  // The new day is the last of the list that is sent.
  translate: (pointer) => pointer.replace(/^\/items\/\d+/, ''),
});
const remove = question('ask-remove', {
  send: (/** @type {Holiday} */ { day }) => save(items.filter((each) => each.day !== day)),
  done: () => changed(say('ลบวันหยุดแล้ว', 'The holiday is removed.')),
  refused,
});

const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  await load();
}
find(root, '[data-act="add"]', HTMLButtonElement).addEventListener('click', () => add(null));

/** @param {Holiday[]} all @returns {Promise<import('./types').Answer<Holidays>>} */
function save(all) {
  return call('PUT', '/holidays', { body: { items: all }, headers: { 'if-match': etag } });
}

/** @param {import('./types').Problem} problem */
function refused(problem) {
  if (problem.status === 412) load();
  return staffEnded(problem);
}

async function load() {
  /** @type {import('./types').Answer<Holidays>} */
  const answer = await get('/holidays');
  arrived();
  if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
  etag = answer.etag ?? '';
  ({ items } = answer.body);
  tell();
  show(root);
}

/** @param {string} words */
async function changed(words) {
  await load();
  notice(words, 'done');
}

function tell() {
  /** @type {Map<string, HTMLElement>} */
  const years = new Map();
  for (const holiday of [...items].sort((a, b) => a.day.localeCompare(b.day))) {
    const year = holiday.day.slice(0, 4);
    const section = years.get(year) ?? copy('year');
    if (!years.has(year)) fill(section, { year: say(`ปี ${Number(year) + 543}`, year) });
    years.set(year, section);
    const button = make('button', say('ลบ', 'Remove'));
    button.type = 'button';
    button.className = 'secondary small';
    button.setAttribute('aria-label', say(`ลบ ${holiday.name} ${weekday(holiday.day)}`, `Remove ${holiday.name}, ${weekday(holiday.day)}`));
    button.addEventListener('click', () => remove(holiday, { name: holiday.name, day: weekday(holiday.day) }));
    find(section, 'ul', HTMLElement).append(row(holiday.name, weekday(holiday.day), button));
  }
  byId('years').replaceChildren(...[...years].sort(([a], [b]) => b.localeCompare(a)).map(([, section]) => section));
  show(byId('none'), items.length === 0);
}
