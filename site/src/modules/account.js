/** The agency's account: its address, its devices, to whom it is handed over, and who changed what. */

import { requireSession } from './admission.js';
import { call, get, post } from './api.js';
import { showAudit } from './audit.js';
import { day, moment } from './days.js';
import { question } from './dialog.js';
import { arrived, byId, fill, find, make, show } from './dom.js';
import { connect } from './form.js';
import { at, say } from './lang.js';
import { failed, leave, notice, quiet } from './notice.js';
import { row } from './rows.js';
import { ended } from './session-ended.js';
import { forget } from './session.js';

/** @typedef {import('./types').Account} Account */
/** @typedef {import('./types').Device} Device */

const root = byId('account');
let code = '';
async function load() {
  /** @type {import('./types').Answer<Account>} */
  const answer = await get('/account');
  if (!answer.ok) return void (ended(answer.problem) || failed(answer.problem));
  tell(answer.body);
  arrived();
  show(root);
}

/** @param {Account} account */
function tell({ agency, email, opened_at: opened, devices, handover, email_change: change, take_over: takeOver }) {
  fill(root, {
    agency: agency.full_name,
    email,
    opened: day(opened),
    email_change: change && say(
      `ส่งลิงก์ไปที่ ${change.email} แล้ว ยืนยันได้ถึง ${moment(change.expires_at)}`,
      `A link was sent to ${change.email}; it can be confirmed until ${moment(change.expires_at)}`,
    ),
    handover: handover && say(
      `ส่งลิงก์ให้ ${handover.email} แล้ว รับมอบได้ถึง ${moment(handover.expires_at)}`,
      `A link was sent to ${handover.email}; it can be accepted until ${moment(handover.expires_at)}`,
    ),
    take_over: takeOver && say(
      `ผู้ใช้อีเมล ${takeOver.email_hint} จะรับช่วงบัญชีนี้ได้ตั้งแต่ ${moment(takeOver.from)}`,
      `Whoever has ${takeOver.email_hint} can take this account over from ${moment(takeOver.from)}`,
    ),
  });
  show(byId('take-over'), Boolean(takeOver));
  show(byId('handing'), Boolean(handover));
  show(byId('handover-form'), !handover);
  find(byId('devices'), '.rows', HTMLElement).replaceChildren(...devices.map(device));
}

/** @param {Device} device */
function device({ name, seen_at: seen, this: own }) {
  const badge = make('span', say('เครื่องนี้', 'this device'));
  badge.className = 'badge';
  return row(name || say('ไม่ทราบชื่อเครื่อง', 'A device without a name'), say(`ใช้ล่าสุด ${moment(seen)}`, `last used ${moment(seen)}`), own ? badge : null);
}

/** @param {string} words what is said when the page shows how things stand now */
async function done(words) {
  await load();
  await showAudit(code, ended);
  notice(words, 'done').scrollIntoView({ block: 'nearest' });
}

const emailForm = find(root, '#email-form', HTMLFormElement);
connect(emailForm, {
  send: (body) => {
    quiet();
    return post('/account/email', body);
  },
  done: () => {
    emailForm.reset();
    find(root, '#change-email', HTMLDetailsElement).open = false;
    return done(say('ส่งลิงก์ไปที่อีเมลใหม่แล้ว กรุณาเปิดอีเมลนั้นแล้วกดยืนยัน', 'A link was sent to the new address. Please open it there and confirm.'));
  },
  refused: (problem) => ended(problem),
});

const handoverForm = find(root, '#handover-form', HTMLFormElement);
connect(handoverForm, {
  send: ({ successor }) => {
    quiet();
    return post('/account/handover', { email: successor });
  },
  done: () => {
    handoverForm.reset();
    return done(say('ส่งลิงก์ให้ผู้รับช่วงต่อแล้ว', 'The link was sent to your successor.'));
  },
  refused: (problem) => ended(problem),
  translate: (pointer) => (pointer === '/email' ? '/successor' : pointer),
});

/**
 * A button that asks before it calls.
 * @param {string} act
 * @param {string} dialog
 * @param {() => Promise<import('./types').Answer<null>>} send
 * @param {() => void | Promise<void>} after
 */
function button(act, dialog, send, after) {
  const ask = question(dialog, { send, done: after, refused: (problem) => ended(problem) });
  find(root, `[data-act="${act}"]`, HTMLButtonElement).addEventListener('click', () => ask(null));
}

button('object', 'ask-object', () => post('/account/objection', {}), () => done(say(
  'คัดค้านแล้ว สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดจะตรวจสอบ',
  'Your objection is noted. The province office looks into it.',
)));
button('cancel-handover', 'ask-cancel', () => call('DELETE', '/account/handover'), () => done(say('ยกเลิกการส่งมอบแล้ว', 'The hand-over is cancelled.')));
button('sign-out-everywhere', 'ask-sign-out', () => call('DELETE', '/account/sessions'), () => {
  forget();
  leave(at('/sign-in'), say('ออกจากระบบทุกเครื่องแล้ว', 'Every device is signed out'));
});

const session = await requireSession();
if (session) {
  code = session.agency.code;
  await load();
  await showAudit(code, ended);
}
