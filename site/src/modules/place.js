/** Where an agency lies, in words. */

/**
 * Where an agency lies; Bangkok has no district.
 * @param {{ district: string, province: string }} agency
 */
export function place(agency) {
  if (agency.province === 'กรุงเทพมหานคร') return agency.province;
  const district = agency.district ? `อำเภอ${agency.district} ` : '';
  return `${district}จังหวัด${agency.province}`;
}
