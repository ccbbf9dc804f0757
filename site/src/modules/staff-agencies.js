/** The accounts of a province by district: who has none, who has not been seen, whom to call. */

import { accountWords } from './account-words.js';
import { accountsOf } from './accounts.js';
import { arrived, byId, copy, fill, find, show } from './dom.js';
import { exportButton } from './export.js';
import { at, say } from './lang.js';
import { failed } from './notice.js';
import { phoneLinks } from './phones.js';
import { aboutProvince, placeWords, requireStaff, staffEnded } from './staff.js';
import { collator, day, fold } from './thai.js';

/** @typedef {import('./types').AccountRow} AccountRow */

const root = byId('accounts');
const table = find(root, 'table', HTMLTableElement);
const filter = find(root, '#filter', HTMLFormElement);
const words = find(filter, '#q', HTMLInputElement);
let turn = 0;
/** @type {AccountRow[]} */
let accounts = [];

const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  arrived();
  show(root);
  aboutProvince(session, load);
}

/** Fetches all of a province; it is a few hundred at most. @param {string} province */
async function load(province) {
  turn += 1;
  const mine = turn;
  accounts = [];
  // Without a province it is the whole country's, which the centre may fetch.
  exportButton(byId('csv'), { list: 'directory', province });
  if (!province) return tell();
  byId('count').textContent = say('กำลังโหลดข้อมูล…', 'Loading…');
  show(table, false);
  for await (const answer of accountsOf(province)) {
    if (mine !== turn) return;
    if (!answer.ok) {
      byId('count').textContent = '';
      return void (staffEnded(answer.problem) || failed(answer.problem));
    }
    accounts.push(...answer.body.items);
  }
  accounts.sort((a, b) => collator.compare(a.agency.district, b.agency.district) || collator.compare(a.agency.full_name, b.agency.full_name));
  tell();
}

function tell() {
  const state = String(new FormData(filter).get('state') ?? '');
  const wanted = fold(words.value).trim();
  const named = accounts.filter(({ agency }) => `${agency.full_name} ${agency.district}`.includes(wanted));
  for (const badge of filter.querySelectorAll('[data-count]')) {
    const of = badge.getAttribute('data-count');
    badge.textContent = String(named.filter((each) => !of || each.state === of).length);
  }
  const shown = named.filter((each) => !state || each.state === state);
  for (const body of table.querySelectorAll('tbody')) body.remove();
  table.append(...districts(shown));
  show(table, shown.length > 0);
  byId('count').textContent = accounts.length === 0 ? '' : shown.length === 0
    ? say('ไม่พบหน่วยงาน', 'No agency found')
    : say(`${shown.length} แห่ง จาก ${accounts.length}`, `${shown.length} of ${accounts.length}`);
}

/**
 * The rows under the names of their districts.
 * @param {AccountRow[]} shown in order
 */
function districts(shown) {
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  for (const account of shown) {
    const { district, province } = account.agency;
    const name = district ? `อำเภอ${district}` : province;
    const group = groups.get(name) ?? copy('district');
    if (!groups.has(name)) fill(group, { district: name });
    groups.set(name, group);
    group.append(row(account));
  }
  return groups.values();
}

/** @param {AccountRow} account */
function row({ agency, state, last_sign_in_at: seen, telephone }) {
  const line = copy('account');
  fill(line, { agency: agency.full_name, state: accountWords(state), seen: seen ? day(seen) : '–' });
  find(line, '[data-slot="state"]', HTMLElement).dataset.state = state;
  find(line, 'a', HTMLAnchorElement).href = `${at('/staff/agency')}?code=${encodeURIComponent(agency.code)}`;
  find(line, '[data-part="phones"]', HTMLElement).replaceChildren(...phoneLinks(telephone ?? ''));
  return line;
}

filter.addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener('input', () => {
  if (accounts.length > 0) tell();
});
