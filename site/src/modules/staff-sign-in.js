/** Staff sign in: address and passphrase, then the code of their app or a recovery code. */

import { post } from './api.js';
import { byId, find, show } from './dom.js';
import { clear, connect, showProblem } from './form.js';
import { say } from './lang.js';
import { leave, quiet } from './notice.js';
import { remember } from './session.js';
import { canShowPasswords } from './show-password.js';
import { next } from './way-back.js';

const CHALLENGE = 'palad.staff-challenge';
const first = find(document, '#staff-sign-in', HTMLFormElement);
const second = find(document, '#totp', HTMLFormElement);
const other = find(second, '[data-part="other"]', HTMLButtonElement);
canShowPasswords(first);

/** @param {boolean} asked whether the code is asked for now */
function turn(asked) {
  show(first, !asked);
  show(second, asked);
  if (asked) find(second, 'h2', HTMLElement).focus();
}

/** @param {boolean} recovery whether a recovery code is asked for in place of the app's */
function ask(recovery) {
  show(byId('by-app'), !recovery);
  show(byId('by-recovery'), recovery);
  other.setAttribute('aria-pressed', String(recovery));
}

/** @param {string} why what is said above the form that one is back at */
function startAgain(why) {
  sessionStorage.removeItem(CHALLENGE);
  second.reset();
  clear(second);
  ask(false);
  turn(false);
  const passphrase = find(first, '#passphrase', HTMLInputElement);
  passphrase.value = '';
  if (why) showProblem(first, { slug: '', status: 410, title: why, detail: '', errors: [] });
  else passphrase.focus();
}

connect(first, {
  send: (body) => {
    quiet();
    return post('/staff/session', body);
  },
  done: ({ body }) => {
    sessionStorage.setItem(CHALLENGE, /** @type {{ challenge: string }} */ (body).challenge);
    turn(true);
  },
});

connect(second, {
  send: ({ code, recovery }) => post('/staff/session/totp', {
    challenge: sessionStorage.getItem(CHALLENGE) ?? '',
    code: code ?? recovery,
  }),
  done: ({ body }) => {
    const session = /** @type {import('./types').StaffSession} */ (body);
    sessionStorage.removeItem(CHALLENGE);
    remember(session);
    leave(next('/staff/home', '/staff'), say(`เข้าสู่ระบบแล้ว: ${session.staff.name}`, `Signed in: ${session.staff.name}`));
  },
  refused: (problem) => {
    if (problem.status !== 410) return false;
    startAgain(say('หมดเวลาแล้ว กรุณาเข้าสู่ระบบใหม่', 'The time is over. Please sign in again.'));
    return true;
  },
  translate: (pointer) => (pointer === '/code' && byId('by-app').hidden ? '/recovery' : pointer),
});

other.addEventListener('click', () => {
  clear(second);
  ask(other.getAttribute('aria-pressed') !== 'true');
  find(second, '.field:not([hidden] .field) input', HTMLInputElement).focus();
});
find(second, '[data-part="back"]', HTMLButtonElement).addEventListener('click', () => startAgain(''));
if (sessionStorage.getItem(CHALLENGE)) turn(true);
