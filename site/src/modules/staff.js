/** What the pages of the staff share: the session of an officer, and the province that a page is about. */

import { sessionFor } from './admission.js';
import { byId, find, show } from './dom.js';
import { say } from './lang.js';
import { quiet } from './notice.js';
import { PROVINCES } from './provinces.js';
import { ended } from './session-ended.js';

/** @typedef {import('./types').Session} Session */
/** @typedef {import('./types').StaffSession} StaffSession */

const SIGN_IN = '/staff';
const CHOSEN = 'palad.province';

/** @returns {Promise<StaffSession | null>} */
export async function requireStaff() {
  const found = await sessionFor(SIGN_IN, /** @returns {session is StaffSession} */ (session) => Boolean(session.staff), '/office');
  for (const element of document.querySelectorAll('[data-roles]')) {
    const roles = element.getAttribute('data-roles')?.split(' ') ?? [];
    show(element, Boolean(found && roles.includes(found.role)));
  }
  return found;
}

/** @param {import('./types').Problem} problem */
export function staffEnded(problem) {
  return ended(problem, SIGN_IN);
}

/**
 * The code of a province, by its name in Thai.
 * @param {string} name
 */
export function provinceCode(name) {
  return Object.entries(PROVINCES).find(([, [th]]) => th === name)?.[0] ?? '';
}

/**
 * The office of an officer, in words.
 * @param {import('./types').StaffPlace} place
 */
export function placeWords({ role, province, district }) {
  const [th, en] = PROVINCES[province ?? ''] ?? ['', ''];
  if (role === 'central') return say('สำนักงาน ก.ถ.', 'The central office');
  if (role === 'district') return say(`อำเภอ${district ?? ''} จังหวัด${th}`, `The district office of ${district ?? ''}, ${en}`);
  return say(`สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด${th}`, `The Provincial Office for Local Administration of ${en}`);
}

/**
 * Calls `load` with the province that the page is about: the officer's own, or the one that the centre chooses, if
 * any, which is kept while the window is open.
 * @param {StaffSession} session
 * @param {(province: string) => void} load
 */
export function aboutProvince({ staff: { place } }, load) {
  const select = find(document, '#of-province', HTMLSelectElement);
  const own = place.province ?? '';
  select.value = own || (new URLSearchParams(location.search).get('province') ?? sessionStorage.getItem(CHOSEN) ?? '');
  show(byId('choose'), !own);
  select.addEventListener('change', () => {
    quiet();
    sessionStorage.setItem(CHOSEN, select.value);
    history.replaceState(null, '', select.value ? `?province=${select.value}` : location.pathname);
    load(select.value);
  });
  load(select.value);
}
