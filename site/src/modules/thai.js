/** Thai in the browser: digits, order, names and places. */

export const collator = new Intl.Collator('th');

/**
 * ๐-๙ as 0-9.
 * @param {string} text
 */
export function fold(text) {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
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
