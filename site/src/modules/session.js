/**
 * Who is signed in. The session itself is in a cookie that no module can read; what is kept here is only a
 * hint of whose it is and until when, so that the menu can be right without asking.
 */

import { byId, find } from './dom.js';
import { arrive, fetched } from './notice.js';

/** @typedef {import('./types').Session} Session */
/** @typedef {import('./types').Agency} Agency */

const HINT = 'palad.session';
const LAST = 'palad.agency';
/** What `due.js` keeps. */
const DUE = 'palad.due';

/** @returns {{ agency: Agency | null, staff: boolean, until: string } | null} */
export function hint() {
  const known = kept(HINT);
  return known && Date.parse(known.until) > Date.now() ? known : null;
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
  return kept(LAST);
}

/** What was kept, if it can be read. @param {string} key */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
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
  await (await fetched(import('./sign-out.js')))?.signOut(forget);
});

const language = find(document, '#language', HTMLAnchorElement);
language.addEventListener('click', () => {
  language.search = location.search;
});

menu();
arrive();
const own = hint()?.agency;
if (own) import('./due.js').then(({ due }) => due(own.code));
