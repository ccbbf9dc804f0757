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
/** What `due.js` keeps. */
const DUE = 'palad.due';

/** @returns {{ agency: Agency | null, staff: boolean, until: string } | null} */
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
  const { agency, expires_at: until } = session;
  localStorage.setItem(HINT, JSON.stringify({ agency, staff: !agency, until }));
  if (agency) rememberAgency(agency);
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
  localStorage.removeItem(DUE);
  menu();
}

/**
 * The address of a sign-in page that leads back here.
 * @param {string} [page]
 */
export function signInAddress(page = '/sign-in') {
  return `${at(page)}?next=${encodeURIComponent(here() + location.search)}`;
}

/**
 * The page that `?next=` names, if it is one of those that begin like `roots`, or else the first of them.
 * @param {...string} roots
 */
export function next(...roots) {
  const asked = new URLSearchParams(location.search).get('next') ?? '';
  const wanted = new URL(URL.canParse(asked, location.origin) ? asked : '/', location.origin);
  const known = wanted.origin === location.origin && roots.some((root) => wanted.pathname === root || wanted.pathname.startsWith(`${root}/`));
  return at(known ? wanted.pathname + wanted.search : roots[0] ?? '/');
}

/**
 * The session of somebody who may see this page, or none after the visitor was sent to sign in.
 * @template {Session} S
 * @param {string} signIn the page where such people sign in
 * @param {(session: Session) => session is S} fits
 * @param {string} other where others who are signed in belong
 * @returns {Promise<S | null>}
 */
export async function sessionFor(signIn, fits, other) {
  /** @type {import('./types').Answer<Session>} */
  const answer = await get('/session');
  if (answer.ok) {
    remember(answer.body);
    if (fits(answer.body)) return answer.body;
    leave(at(other), say('หน้านั้นไม่ใช่ของบัญชีที่เข้าสู่ระบบอยู่', 'That page is not for the account that is signed in'));
    return null;
  }
  if (answer.problem.status !== 401) {
    failed(answer.problem);
    return null;
  }
  forget();
  leave(signInAddress(signIn), say('กรุณาเข้าสู่ระบบก่อน', 'Please sign in first'));
  return null;
}

/**
 * Whether a call was refused because the session has ended, or is too old for what was asked; then one is sent to
 * sign in, and back here.
 * @param {import('./types').Problem} problem
 * @param {string} [page] where to sign in
 */
export function ended(problem, page) {
  if (problem.slug === 'sign-in-again') {
    leave(signInAddress(page), say('เพื่อความปลอดภัย กรุณาเข้าสู่ระบบอีกครั้ง แล้วทำรายการนี้ต่อ', 'To be safe, please sign in again and then go on'));
    return true;
  }
  if (problem.status !== 401) return false;
  forget();
  leave(signInAddress(page), say('การเข้าสู่ระบบหมดเวลา กรุณาเข้าสู่ระบบอีกครั้ง', 'The session has ended. Please sign in again'));
  return true;
}

/** The session of an agency. @returns {Promise<import('./types').AgencySession | null>} */
export function requireSession() {
  return sessionFor('/sign-in', /** @returns {session is import('./types').AgencySession} */ (session) => session.agency !== null, '/staff/home');
}

/** Shows what belongs to an agency, to staff or to nobody; `first.js` did so before the first paint. */
function menu() {
  const known = hint();
  document.documentElement.classList.toggle('signed-in', Boolean(known && !known.staff));
  document.documentElement.classList.toggle('staff', Boolean(known?.staff));
  for (const element of document.querySelectorAll('[data-when] [data-part="agency"]')) {
    element.textContent = known?.agency?.full_name ?? '';
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
const own = hint()?.agency;
if (own) import('./due.js').then(({ due }) => due(own.code));
