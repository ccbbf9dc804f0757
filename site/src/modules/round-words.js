/** What the pages of a round share: which round it is, and its letter, dates, state and counts in words. */

import { day } from './days.js';
import { at, say } from './lang.js';

/** @typedef {import('./rounds').Summary} Summary */
/** @typedef {import('./rounds').Count} Count */

export const asked = new URLSearchParams(location.search);
export const id = asked.get('id') ?? '';
/** The round on the wire. */
export const round = `/rounds/${encodeURIComponent(id)}`;

/**
 * The address of a page about a round, with what is known of it.
 * @param {string} page
 * @param {Record<string, string | null | undefined>} [about]
 */
export function to(page, about = {}) {
  const known = Object.entries({ id, ...about }).filter(([, value]) => value);
  return `${at(page)}?${new URLSearchParams(/** @type {[string, string][]} */ (known))}`;
}

/**
 * Letters are written with Thai digits.
 * @param {string | number} text
 */
export function thaiDigits(text) {
  return String(text).replace(/\d/g, (digit) => String.fromCharCode(Number(digit) + 0x0e50));
}

/** @param {number} number */
export function count(number) {
  return number.toLocaleString('en-GB');
}

/** @param {import('./rounds').Letter | null} letter */
export function letterWords(letter) {
  if (!letter) return '';
  return say(`ที่ ${thaiDigits(letter.number)} ลงวันที่ ${thaiDigits(day(letter.date))}`, `Letter ${letter.number} of ${day(letter.date)}`);
}

/** @param {Summary} summary */
export function stateWords({ state, history, phase }) {
  if (history) return say('รอบย้อนหลัง', 'Past round');
  if (state === 'open' && phase === 'before') return say('เปิดแล้ว รอวันเริ่ม', 'Ready');
  return {
    draft: say('ร่าง', 'Draft'),
    opening: say('กำลังเปิด', 'Being opened'),
    open: say('เปิดรับคำตอบ', 'Open'),
    closed: say('ปิดแล้ว', 'Closed'),
  }[state];
}

/**
 * How far the deadline is.
 * @param {Summary} summary
 */
export function dueWords({ dates, state, phase, days_left: left }) {
  const due = say(`ครบกำหนด ${day(dates.deadline)}`, `due ${day(dates.deadline)}`);
  if (state !== 'open') return due;
  if (phase === 'before') return say(`เริ่ม ${day(dates.opens)} ${due}`, `begins ${day(dates.opens)}, ${due}`);
  if (phase === 'over') return say(`${due} พ้นวันรับคำตอบแล้ว`, `${due}; answers are no longer taken`);
  if (left > 0) return say(`เหลือ ${left} วัน ${due}`, `${left} ${left === 1 ? 'day' : 'days'} left, ${due}`);
  if (left === 0) return say(`ครบกำหนดวันนี้ (${day(dates.deadline)})`, `due today (${day(dates.deadline)})`);
  return say(`เลยกำหนด ${-left} วัน ยังรับคำตอบ ${due}`, `${-left} ${left === -1 ? 'day' : 'days'} late, answers are still taken; ${due}`);
}

/** @param {Count} name */
export function countWords(name) {
  return {
    all: say('ทั้งหมด', 'All'),
    answered: say('ตอบแล้ว', 'Answered'),
    confirmed: say('ยืนยันว่าถูกต้อง', 'Confirmed'),
    updated: say('ปรับปรุงข้อมูล', 'Updated'),
    vacant: say('ตำแหน่งว่าง', 'Vacant'),
    late: say('ตอบหลังกำหนด', 'Answered late'),
    owing: say('ยังไม่ตอบ', 'Owing'),
    silent: say('ลงทะเบียนแล้ว ยังไม่ตอบ', 'Registered, silent'),
    not_registered: say('ยังไม่ลงทะเบียน', 'Not registered'),
    unreachable: say('ส่งอีเมลไม่ถึง', 'Mail comes back'),
    exempt: say('ยกเว้น', 'Excused'),
  }[name];
}

/** The counts of those who owe, which are lists to telephone from. */
export const OWING = ['owing', 'not_registered', 'silent', 'unreachable'];

/**
 * A step of the reminders, by its name: `opening`, `before-7`, `after-1`.
 * @param {string} step
 */
export function stepWords(step) {
  const [when, days] = step.split('-');
  if (when === 'opening') return say('เปิดรอบ', 'The opening');
  if (when === 'moved') return say('แจ้งเลื่อนวันครบกำหนด', 'Notice of the moved deadline');
  if (when === 'before') return say(`ก่อนครบกำหนด ${days} วัน`, `${days} ${days === '1' ? 'day' : 'days'} before the deadline`);
  return say(`หลังครบกำหนด ${days} วัน`, `${days} ${days === '1' ? 'day' : 'days'} after the deadline`);
}
