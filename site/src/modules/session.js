/**
 * Who is signed in. The session itself is in a cookie that no module can read; what is kept here is only a
 * hint of whose it is and until when, so that the menu can be right without asking.
 */

import { call, get } from './api.js';
import { dropAllDrafts } from './draft.js';
import { byId, find } from './dom.js';
import { at, here, say } from './lang.js';
import { arrive, failed, leave } from './notice.js';

/** @typedef {import('./types').Session} Session */
/** @typedef {import('./types').Agency} Agency */

const HINT = 'palad.session';
const LAST = 'palad.agency';

/** @returns {{ agency: Agency, until: string } | null} */
export function hint() {
  try {
    const known = JSON.parse(localStorage.getItem(HINT) ?? 'null');
    return known && Date.parse(known.until) > Date.now() ? known : null;
  } catch {
    return null;
  }
}

/** @param {Session} session */
export function remember(session) {
  localStorage.setItem(HINT, JSON.stringify({ agency: session.agency, until: session.expires_at }));
  rememberAgency(session.agency);
  menu();
}

/** @param {Agency} agency */
export function rememberAgency(agency) {
  localStorage.setItem(LAST, JSON.stringify(agency));
}

/** The agency that signed in here last, so that it is not asked twice. @returns {Agency | null} */
export function lastAgency() {
  try {
    return JSON.parse(localStorage.getItem(LAST) ?? 'null');
  } catch {
    return null;
  }
}

export function forget() {
  localStorage.removeItem(HINT);
  menu();
}

/** The address of the sign-in page that leads back here. */
export function signInAddress() {
  return `${at('/sign-in')}?next=${encodeURIComponent(here() + location.search)}`;
}

/**
 * The session, or none after the visitor was sent to sign in.
 * @returns {Promise<Session | null>}
 */
export async function requireSession() {
  /** @type {import('./types').Answer<Session>} */
  const answer = await get('/session');
  if (answer.ok) {
    remember(answer.body);
    return answer.body;
  }
  if (answer.problem.status !== 401) {
    failed(answer.problem);
    return null;
  }
  forget();
  leave(signInAddress(), say('กรุณาเข้าสู่ระบบก่อน', 'Please sign in first'));
  return null;
}

/** Shows what belongs to somebody signed in, or to nobody; `first.js` did so before the first paint. */
function menu() {
  const known = hint();
  document.documentElement.classList.toggle('signed-in', Boolean(known));
  for (const element of document.querySelectorAll('[data-when] [data-part="agency"]')) {
    element.textContent = known?.agency.full_name ?? '';
  }
}

byId('sign-out').addEventListener('click', async () => {
  const answer = await call('DELETE', '/session');
  if (!answer.ok && answer.problem.status !== 401) return failed(answer.problem);
  forget();
  dropAllDrafts();
  leave(at('/'), say('ออกจากระบบแล้ว', 'You are signed out'));
});

const language = find(document, '#language', HTMLAnchorElement);
language.addEventListener('click', () => {
  language.search = location.search;
});

menu();
arrive();
