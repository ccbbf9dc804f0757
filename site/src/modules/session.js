/**
 * Who is signed in. The session itself is in a cookie that no module can read; what is kept here is only a
 * hint of whose it is and until when, so that the menu can be right without asking.
 */

import { call } from './api.js';
import { byId, find } from './dom.js';
import { at, say } from './lang.js';
import { arrive, failed, leave } from './notice.js';

/** @typedef {import('./types').Session} Session */
/** @typedef {import('./types').Agency} Agency */

const HINT = 'palad.session';
const LAST = 'palad.agency';
/** What `due.js` keeps. */
const DUE = 'palad.due';
/** What `draft.js` keeps begins like this. */
const DRAFTS = 'palad.draft.';

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
  for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFTS)) localStorage.removeItem(key);
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
