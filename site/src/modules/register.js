/** Registration: a claim, the proof of it by the mailed code, and what comes after. */

import { post } from './api.js';
import { byId, find, show } from './dom.js';
import { clear, connect, showProblem } from './form.js';
import { at, say } from './lang.js';
import { leave } from './notice.js';
import { newPassword } from './new-password.js';
import { picker } from './picker.js';
import { rememberAgency } from './session.js';

const CLAIM = 'palad.claim';
const first = find(document, '#register', HTMLFormElement);
const second = find(document, '#confirm', HTMLFormElement);
const chosen = picker(first);

/** The claim that waits for its code; it survives a look into the mailbox on the same phone. @returns {{ claim: string, email: string } | null} */
function waiting() {
  return JSON.parse(sessionStorage.getItem(CLAIM) ?? 'null');
}

/** @param {'register' | 'confirm' | 'awaiting'} step */
function turn(step) {
  for (const id of ['register', 'confirm', 'awaiting']) show(byId(id), id === step);
  const heading = byId(step).querySelector('h2');
  if (step === 'confirm') find(second, '[data-part="email"]', HTMLElement).textContent = waiting()?.email ?? '';
  heading?.focus();
}

connect(first, {
  check: newPassword(first),
  send: (body) => post('/registrations', body),
  done: ({ body }) => {
    const agency = chosen();
    if (agency) rememberAgency(agency);
    const email = find(first, '#email', HTMLInputElement).value;
    sessionStorage.setItem(CLAIM, JSON.stringify({ claim: /** @type {{ claim: string }} */ (body).claim, email }));
    turn('confirm');
  },
});

connect(second, {
  send: (body) => post(`/registrations/${encodeURIComponent(waiting()?.claim ?? '')}/proof`, body),
  done: ({ body }) => {
    sessionStorage.removeItem(CLAIM);
    if (/** @type {{ state: string }} */ (body).state !== 'active') return turn('awaiting');
    return leave(at('/'), say(
      'ลงทะเบียนเรียบร้อยแล้ว กรุณาเลือกหน่วยงานและกรอกรหัสผ่านเพื่อเข้าสู่ระบบ',
      'You are registered. Choose your agency and type the password to sign in.',
    ));
  },
  refused: (problem) => {
    if (problem.status !== 410 && problem.status !== 404) return false;
    sessionStorage.removeItem(CLAIM);
    turn('register');
    showProblem(first, {
      ...problem,
      title: say('รหัสหมดอายุหรือกรอกผิดหลายครั้ง', 'The code has expired, or was mistyped too often'),
      detail: say('กรุณากด ลงทะเบียน อีกครั้งเพื่อรับรหัสใหม่', 'Please press Register again for a new code.'),
    });
    return true;
  },
});

find(second, '[data-part="back"]', HTMLButtonElement).addEventListener('click', () => {
  sessionStorage.removeItem(CLAIM);
  clear(second);
  turn('register');
});
if (waiting()) turn('confirm');
