/** A new password: typed twice, and a good one offered. */

import { find, make, show } from './dom.js';
import { say } from './lang.js';
import { canShowPasswords, reveal } from './show-password.js';

/**
 * Offers a number; what it gives back checks that both fields say the same.
 * @param {HTMLFormElement} form
 * @returns {() => import('./types').FieldProblem[]}
 */
export function newPassword(form) {
  const first = find(form, '#password', HTMLInputElement);
  const again = find(form, '#password-again', HTMLInputElement);
  const offer = find(form, '[data-part="offer"]', HTMLButtonElement);
  const offered = find(form, '[data-part="offered"]', HTMLElement);
  canShowPasswords(form);
  show(offer);
  offer.addEventListener('click', () => {
    const number = goodNumber();
    first.value = again.value = number;
    reveal(form, true);
    offered.replaceChildren(
      say('ตั้งให้แล้ว โปรดจดไว้: ', 'Filled in. Please write it down: '),
      make('strong', `${number.slice(0, 4)}\u00a0${number.slice(4)}`),
    );
  });
  return typedTwice(first, again, 'รหัสผ่าน', 'passwords');
}

/**
 * @param {HTMLInputElement} first
 * @param {HTMLInputElement} again
 * @param {string} th what they are
 * @param {string} en
 * @returns {() => import('./types').FieldProblem[]} a check that both fields say the same
 */
export function typedTwice(first, again, th, en) {
  return () => (first.value === again.value ? [] : [{
    pointer: `/${again.id}`,
    detail: `${th}สองช่องไม่ตรงกัน กรุณากรอกให้เหมือนกัน`,
    detail_en: `The two ${en} differ. Type the same one twice.`,
  }]);
}

/** Eight digits by chance, at least five of them different and without a year, so that no weak number comes out. */
export function goodNumber() {
  for (;;) {
    const digits = [...crypto.getRandomValues(new Uint8Array(32))].filter((byte) => byte < 250).slice(0, 8).map((byte) => byte % 10);
    const rows = digits.filter((digit, at) => Math.abs(digit - (digits[at - 1] ?? 99)) === 1).length;
    const number = digits.join('');
    if (digits.length === 8 && new Set(digits).size >= 5 && rows <= 3 && !hasYear(number)) return number;
  }
}

/**
 * Whether it begins or ends with a year of either era, which the system reads as a date where the rest is a day.
 * @param {string} number
 */
function hasYear(number) {
  return [number.slice(0, 4), number.slice(4)].map(Number)
    .some((year) => (year >= 1900 && year <= 2100) || (year >= 2443 && year <= 2643));
}
