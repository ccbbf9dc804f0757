/** Days and moments for people: in Thai of the Buddhist era, always in Thailand's time. */

import { THAI, say } from './lang.js';

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
