/** Telephone numbers that can be called by a touch. */

import { make } from './dom.js';
import { fold } from './thai.js';

/**
 * Telephone numbers as links, one for each, that do not break.
 * @param {string} phones
 * @returns {HTMLAnchorElement[]}
 */
export function phoneLinks(phones) {
  return phones.split(',').map((each) => each.trim()).filter(Boolean).map((phone) => {
    const [number = '', extension = ''] = fold(phone).split('ต่อ').map((part) => part.replace(/\D/g, ''));
    const link = make('a', phone.replace(/ /g, '\u00a0'));
    const whole = number.startsWith('0') ? `+66${number.slice(1)}` : number;
    link.href = `tel:${whole}${extension ? `,${extension}` : ''}`;
    return link;
  });
}
