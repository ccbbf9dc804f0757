/** A receipt as it is shown and printed. */

import { moment } from './days.js';
import { byId, fill, find, make } from './dom.js';
import { at, say } from './lang.js';
import { place } from './place.js';

/** @param {import('./types').Receipt} receipt */
export function showReceipt({ number, agency, at: when, version, answers }) {
  const root = byId('receipt');
  const list = make('ul', ...answers.map(({ title, kind, late }) => make(
    'li',
    `${title}: ${answerWords(kind)} ${late ? say('(หลังกำหนด)', '(late)') : say('(ตามกำหนด)', '(in time)')}`,
  )));
  fill(root, {
    number,
    agency: agency.full_name,
    place: place(agency),
    at: moment(when),
    answers: answers.length > 0 ? list : say('ยืนยันว่าข้อมูลยังถูกต้อง นอกรอบสำรวจ', 'The record is still right; outside of any round'),
    version: String(version),
    verify: say(
      `ตรวจสอบใบรับนี้ได้ที่ ${location.host}${at('/receipt')} ด้วยเลขที่ใบรับ`,
      `Whoever has the number can check this receipt at ${location.host}${at('/receipt')}`,
    ),
  });
  const print = find(root, '[data-act="print"]', HTMLButtonElement);
  print.onclick = () => window.print();
}

/**
 * What an agency has answered.
 * @param {import('./types').AnswerKind} kind
 */
function answerWords(kind) {
  return {
    confirmed: say('ยืนยันว่าข้อมูลยังถูกต้อง', 'the record is still right'),
    updated: say('แก้ไขข้อมูลแล้ว', 'the record is updated'),
    vacant: say('ตำแหน่งว่าง', 'the post is vacant'),
  }[kind];
}
