/** A number that is offered as a password. */

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
