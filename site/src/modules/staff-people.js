/** The officers in one's care: who they are, inviting another, suspending one and lifting it. */

import { agenciesOf } from './agencies.js';
import { call, get, post } from './api.js';
import { showStaffAudit } from './audit.js';
import { moment } from './days.js';
import { question } from './dialog.js';
import { arrived, byId, fill, find, make, show } from './dom.js';
import { connect } from './form.js';
import { say } from './lang.js';
import { failed, notice, quiet } from './notice.js';
import { row, rows } from './rows.js';
import { aboutProvince, placeWords, requireStaff, staffEnded } from './staff.js';
import { collator } from './thai.js';

/** @typedef {import('./types').StaffRow} StaffRow */

const root = byId('people');
const invite = find(root, '#invite', HTMLFormElement);
const province = find(invite, '#province', HTMLSelectElement);
const district = find(invite, '#district', HTMLSelectElement);
let listed = '';
let own = '';

const suspend = question('ask-suspend', {
  send: (/** @type {StaffRow} */ { id }) => post(`/staff/${encodeURIComponent(id)}/suspension`, {}),
  done: ({ name }) => done(say(`ระงับ ${name} แล้ว`, `${name} is suspended.`)),
  refused: staffEnded,
});
const lift = question('ask-lift', {
  send: (/** @type {StaffRow} */ { id }) => call('DELETE', `/staff/${encodeURIComponent(id)}/suspension`),
  done: ({ name }) => done(say(`ยกเลิกการระงับ ${name} แล้ว`, `${name} can sign in again.`)),
  refused: staffEnded,
});

const session = await requireStaff();
if (session) {
  const { staff } = session;
  own = staff.email;
  fill(document, { place: placeWords(staff.place) });
  show(find(invite, 'input[value="central"]', HTMLInputElement).closest('label'), session.role === 'central');
  if (staff.place.province) {
    province.value = staff.place.province;
    districts();
  }
  arrived();
  show(root);
  parts();
  aboutProvince(session, (code) => {
    listed = code;
    load();
  });
}

async function load() {
  const asked = listed;
  /** @type {import('./types').Answer<{ items: StaffRow[] }>} */
  const answer = await get(`/staff${asked ? `?province=${asked}` : ''}`);
  if (asked !== listed) return;
  if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
  const { items } = answer.body;
  rows('officers', items.map(officer));
  show(byId('nobody'), items.length === 0);
  await showStaffAudit(asked, staffEnded);
}

/** @param {StaffRow} person */
function officer(person) {
  const { name, email, place, state, last_sign_in_at: seen } = person;
  const last = seen ? say(`เข้าใช้ล่าสุด ${moment(seen)}`, `last signed in ${moment(seen)}`) : say('ยังไม่เคยเข้าใช้', 'never signed in');
  const badge = make('span', say('ระงับ', 'Suspended'));
  badge.className = 'badge';
  badge.dataset.state = 'suspended';
  const button = make('button', state === 'suspended' ? say('ยกเลิกการระงับ', 'Lift') : say('ระงับ', 'Suspend'));
  button.type = 'button';
  button.className = 'secondary small';
  button.addEventListener('click', () => (state === 'suspended' ? lift : suspend)(person, { name }));
  return row(name, [placeWords(place), email, last].join(' · '), state === 'suspended' ? badge : null, email === own ? null : button);
}

/** @param {string} words */
async function done(words) {
  await load();
  notice(words, 'done');
}

/** What is asked depends on the office: a province has no district, the centre neither. */
function parts() {
  const role = String(new FormData(invite).get('role') ?? '');
  const asked = session?.role === 'central';
  show(byId('province-part'), asked && (role === 'province' || role === 'district'));
  show(byId('district-part'), role === 'district');
}

/** The districts of the province that was chosen. */
async function districts() {
  const code = province.value;
  district.replaceChildren(new Option(code ? say('เลือกอำเภอ', 'Choose a district') : say('เลือกจังหวัดก่อน', 'Choose a province first'), ''));
  if (!code) return;
  const answer = await agenciesOf(code);
  if (!answer.ok || province.value !== code) return;
  const names = new Set(answer.body.items.map((agency) => agency.district).filter(Boolean));
  district.append(...[...names].sort(collator.compare).map((name) => new Option(name, name)));
}

invite.addEventListener('change', (event) => {
  if (event.target === province) districts();
  parts();
});

connect(invite, {
  send: (body) => {
    quiet();
    const place = session?.staff.place.province ?? '';
    return post('/staff/invitations', place ? { ...body, province: place } : body);
  },
  done: () => {
    const to = find(invite, '#email', HTMLInputElement).value;
    invite.reset();
    if (session?.staff.place.province) province.value = session.staff.place.province;
    parts();
    void showStaffAudit(listed, staffEnded);
    notice(say(`ส่งคำเชิญไปที่ ${to} แล้ว`, `The invitation was sent to ${to}.`), 'done');
  },
  refused: staffEnded,
});
