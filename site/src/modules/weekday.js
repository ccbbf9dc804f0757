/** A day with its weekday: whether a message goes out on a Monday matters to those who telephone after it. */

import { day } from './days.js';
import { THAI, say } from './lang.js';

const NAME = new Intl.DateTimeFormat(THAI ? 'th-TH' : 'en-GB', { weekday: 'long', timeZone: 'Asia/Bangkok' });

/** @param {string} iso */
export function weekday(iso) {
  const name = NAME.format(new Date(`${iso}T12:00:00+07:00`));
  return say(`${name}ที่ ${day(iso)}`, `${name}, ${day(iso)}`);
}
