/** Thai in the browser: digits, order and names. */

export const collator = new Intl.Collator('th');

/**
 * ๐-๙ as 0-9.
 * @param {string} text
 */
export function fold(text) {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

/** @param {import('./types').Person} person */
export function plainName(person) {
  return `${person.prefix}${person.first_name} ${person.last_name}`;
}
