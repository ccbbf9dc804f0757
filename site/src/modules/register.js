/** Registration: a claim, one of the proofs of it, and what comes after. */

import { get, post } from './api.js';
import { moment } from './days.js';
import { byId, fill, find, show } from './dom.js';
import { clear, connect, showProblem } from './form.js';
import { at, say } from './lang.js';
import { newPassword } from './new-password.js';
import { leave } from './notice.js';
import { picker } from './picker.js';
import { rememberAgency } from './session.js';

/** @typedef {import('./types').Proved} Proved */
/** @typedef {import('./types').Problem} Problem */

const CLAIM = 'palad.claim';
const LETTER = 'palad.letter';
const first = find(document, '#register', HTMLFormElement);
const byMail = find(document, '#confirm', HTMLFormElement);
const byLetter = find(document, '#letter', HTMLFormElement);
const chosen = picker(first);

/** The claim that waits for its proof; it survives a look into the mailbox on the same phone. @returns {{ claim: string, agency?: string, email: string } | null} */
function waiting() {
  return JSON.parse(sessionStorage.getItem(CLAIM) ?? 'null');
}

/** The agency and the code of a letter whose QR code led here. @returns {{ agency: string, code: string } | null} */
function letter() {
  return JSON.parse(sessionStorage.getItem(LETTER) ?? 'null');
}

/** The fragment `#<agency>.<code>` of a letter leaves the address bar at once. */
async function takeLetter() {
  const [, taken] = /^#(\d{6})$/.exec(location.hash) ?? [];
  if (taken) return chooseFor(taken);
  const [, agency, code] = /^#(\d{6})\.([0-9A-Za-z-]+)$/.exec(location.hash) ?? [];
  if (agency && code) {
    sessionStorage.setItem(LETTER, JSON.stringify({ agency, code }));
    history.replaceState(null, '', location.pathname);
    sessionStorage.removeItem(CLAIM);
    turn('register');
  }
  const known = letter();
  show(byId('letter-here'), Boolean(known));
  if (!known || waiting()) return;
  /** @type {import('./types').Answer<import('./types').Entry>} */
  const answer = await get(`/directory/${known.agency}`);
  if (answer.ok) chosen.choose(answer.body.agency);
}

/** The agency that somebody else gave up: whoever comes next takes it over. @param {string} code */
async function chooseFor(code) {
  /** @type {import('./types').Answer<import('./types').Entry>} */
  const answer = await get(`/directory/${code}`);
  if (answer.ok && !waiting()) await chosen.choose(answer.body.agency);
}

/** @param {'register' | 'prove' | 'awaiting' | 'waiting'} step */
function turn(step) {
  for (const id of ['register', 'prove', 'awaiting', 'waiting']) show(byId(id), id === step);
  if (step === 'prove') orderProofs();
  byId(step).querySelector('h2')?.focus();
}

/** The code from the mail first, unless there is a letter for the agency that was chosen. */
function orderProofs() {
  const claim = waiting();
  const known = letter();
  const fits = Boolean(known && known.agency === claim?.agency);
  find(byMail, '[data-part="email"]', HTMLElement).textContent = claim?.email ?? '';
  find(byLetter, '#letter_code', HTMLInputElement).value = fits ? known?.code ?? '' : '';
  byId('prove').prepend(...(fits ? [byLetter, byMail] : [byMail, byLetter]));
}

connect(first, {
  check: newPassword(first),
  send: (body) => post('/registrations', body),
  done: ({ body }) => {
    const agency = chosen();
    if (agency) rememberAgency(agency);
    const email = find(first, '#email', HTMLInputElement).value;
    const { claim } = /** @type {{ claim: string }} */ (body);
    sessionStorage.setItem(CLAIM, JSON.stringify({ claim, agency: agency?.code, email }));
    turn('prove');
  },
});

/** @param {unknown} proof @returns {Promise<import('./types').Answer<Proved>>} */
function prove(proof) {
  return post(`/registrations/${encodeURIComponent(waiting()?.claim ?? '')}/proof`, proof);
}

/** @param {{ body: Proved }} answer */
function proved({ body: { state, from } }) {
  for (const key of [CLAIM, LETTER]) sessionStorage.removeItem(key);
  if (state === 'awaiting_approval') return turn('awaiting');
  if (state === 'waiting') {
    fill(byId('waiting'), { from: moment(from) });
    return turn('waiting');
  }
  return leave(at('/'), say(
    'ลงทะเบียนเรียบร้อยแล้ว กรุณาเลือกหน่วยงานและกรอกรหัสผ่านเพื่อเข้าสู่ระบบ',
    'You are registered. Choose your agency and type the password to sign in.',
  ));
}

/** @param {Problem} problem */
function refused(problem) {
  if (problem.status !== 410 && problem.status !== 404) return false;
  sessionStorage.removeItem(CLAIM);
  turn('register');
  if (problem.slug === 'claim-refused') showProblem(first, problem);
  else showProblem(first, {
    ...problem,
    title: say('รหัสหมดอายุหรือกรอกผิดหลายครั้ง', 'The code has expired, or was mistyped too often'),
    detail: say('กรุณากด ลงทะเบียน อีกครั้งเพื่อรับรหัสใหม่', 'Please press Register again for a new code.'),
  });
  return true;
}

for (const form of [byMail, byLetter]) connect(form, { send: prove, done: proved, refused });

find(byMail, '[data-part="back"]', HTMLButtonElement).addEventListener('click', () => {
  sessionStorage.removeItem(CLAIM);
  for (const form of [byMail, byLetter]) clear(form);
  turn('register');
});
if (waiting()) turn('prove');
takeLetter();
addEventListener('hashchange', takeLetter);
