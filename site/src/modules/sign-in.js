/** Signing in: agency and password; from a device not known yet, the mailed code too. */

import { post } from './api.js';
import { find, show } from './dom.js';
import { clear, connect, showProblem } from './form.js';
import { say } from './lang.js';
import { leave, quiet } from './notice.js';
import { picker } from './picker.js';
import { lastAgency, remember, rememberAgency } from './session.js';
import { canShowPasswords } from './show-password.js';
import { next } from './way-back.js';

const CHALLENGE = 'palad.challenge';
const first = find(document, '#sign-in', HTMLFormElement);
const second = find(document, '#confirm', HTMLFormElement);
const chosen = picker(first, lastAgency());
canShowPasswords(first);

/** @param {import('./types').AgencySession} session */
function signedIn(session) {
  sessionStorage.removeItem(CHALLENGE);
  remember(session);
  leave(next('/office', '/account'), say(`เข้าสู่ระบบแล้ว: ${session.agency.full_name}`, `Signed in: ${session.agency.full_name}`));
}

/** @param {boolean} asked whether the code is asked for now */
function turn(asked) {
  show(first, !asked);
  show(second, asked);
  if (asked) find(second, 'h2', HTMLElement).focus();
}

/** @param {string} why what is said above the form that one is back at */
function startAgain(why) {
  sessionStorage.removeItem(CHALLENGE);
  clear(second);
  turn(false);
  const password = find(first, '#password', HTMLInputElement);
  password.value = '';
  if (why) showProblem(first, { slug: '', status: 410, title: why, detail: '', errors: [] });
  else password.focus();
}

connect(first, {
  send: (body) => {
    quiet();
    return post('/session', body);
  },
  done: ({ status, body }) => {
    const agency = chosen();
    if (agency) rememberAgency(agency);
    if (status === 201) return signedIn(/** @type {import('./types').AgencySession} */ (body));
    sessionStorage.setItem(CHALLENGE, /** @type {{ challenge: string }} */ (body).challenge);
    return turn(true);
  },
});

connect(second, {
  send: (body) => post('/session/code', {
    challenge: sessionStorage.getItem(CHALLENGE) ?? '',
    code: body.code,
  }),
  done: ({ body }) => signedIn(/** @type {import('./types').AgencySession} */ (body)),
  refused: (problem) => {
    if (problem.status !== 410) return false;
    startAgain(say('รหัสหมดอายุหรือใช้ไม่ได้แล้ว กรุณาเข้าสู่ระบบใหม่', 'The code has expired or was used up. Please sign in again.'));
    return true;
  },
});

find(second, '[data-part="back"]', HTMLButtonElement).addEventListener('click', () => startAgain(''));
if (sessionStorage.getItem(CHALLENGE)) turn(true);
