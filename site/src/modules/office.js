/** The agency's row after signing in, and what is to be done next. */

import { requireSession } from './admission.js';
import { get } from './api.js';
import { moment } from './days.js';
import { arrived, byId, fill, find, show } from './dom.js';
import { say } from './lang.js';
import { failed } from './notice.js';
import { stateWords } from './post.js';

/** @typedef {import('./types').Personnel} Personnel */

const session = await requireSession();
if (session) {
  const { agency } = session;
  const root = byId('office');
  fill(root, { agency: agency.full_name, district: agency.district || '–', province: agency.province, state: '…' });
  arrived();
  show(root);
  /** @type {import('./types').Answer<Personnel>} */
  const answer = await get(`/agencies/${encodeURIComponent(agency.code)}/clerks`);
  if (answer.ok) tell(answer.body);
  else failed(answer.problem);
  await warn();
}

/** The account's owner who signs in hears of a take-over here too, not by mail alone. */
async function warn() {
  /** @type {import('./types').Answer<import('./types').Account>} */
  const answer = await get('/account');
  show(byId('take-over'), answer.ok && answer.body.take_over !== null);
}

/** @param {Personnel} personnel */
function tell({ current }) {
  const state = current?.post.state ?? 'none';
  fill(byId('office'), { state: stateWords(state) });
  find(byId('office'), '[data-slot="state"]', HTMLElement).dataset.state = state;
  byId('what-next').textContent = current
    ? say(`ปรับปรุงล่าสุดเมื่อ ${moment(current.updated_at)} ถ้ามีการเปลี่ยนแปลงโปรดแก้ไขทันที`, `Last updated ${moment(current.updated_at)}. Please correct it whenever something changes.`)
    : say('หน่วยงานของท่านยังไม่ได้บันทึกข้อมูลปลัด กด Tools แล้วกด เพิ่มปลัด', 'Your agency has not recorded its clerk yet. Press Tools, then Add the clerk.');
}
