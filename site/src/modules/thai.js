/** Thai in the browser: digits, days, order, names and places. */

import { THAI, say } from './lang.js';

export const collator = new Intl.Collator('th');

/**
 * ๐-๙ as 0-9.
 * @param {string} text
 */
export function fold(text) {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

/**
 * Folds Thai digits while they are typed, in sight, in passwords too.
 * @param {ParentNode} root
 */
export function foldWhileTyping(root) {
  for (const input of root.querySelectorAll('input[inputmode="numeric"], input[type="tel"]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    input.addEventListener('input', () => {
      const folded = fold(input.value);
      if (folded === input.value) return;
      const caret = input.selectionStart;
      input.value = folded;
      input.setSelectionRange(caret, caret);
    });
  }
}

const DAY = new Intl.DateTimeFormat(THAI ? 'th-TH-u-ca-buddhist' : 'en-GB', {
  day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Asia/Bangkok',
});
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Bangkok' });

/**
 * A day, `2025-10-01`, for people: 1 ตุลาคม 2568.
 * @param {string | null | undefined} iso
 */
export function day(iso) {
  if (!iso) return '';
  const date = new Date(iso.length === 10 ? `${iso}T12:00:00+07:00` : iso);
  if (Number.isNaN(date.getTime())) return '';
  const part = (/** @type {string} */ type) => DAY.formatToParts(date).find((each) => each.type === type)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('year')}`;
}

/**
 * A moment for people, in Thailand's time.
 * @param {string | null | undefined} iso
 */
export function moment(iso) {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '';
  return say(`${day(iso)} เวลา\u00a0${CLOCK.format(date)}\u00a0น.`, `${day(iso)}, ${CLOCK.format(date)}`);
}

/**
 * Where an agency lies; Bangkok has no district.
 * @param {{ district: string, province: string }} agency
 */
export function place(agency) {
  if (agency.province === 'กรุงเทพมหานคร') return agency.province;
  const district = agency.district ? `อำเภอ${agency.district} ` : '';
  return `${district}จังหวัด${agency.province}`;
}

/** @param {import('./types').Person} person */
export function plainName(person) {
  return `${person.prefix}${person.first_name} ${person.last_name}`;
}
