/** The agencies of a province. */

import { get } from './api.js';
import { collator } from './thai.js';

/** @typedef {import('./types').Agency} Agency */

const KINDS = ['อบจ.', 'เมืองพัทยา', 'กทม.', 'ทน.', 'ทม.', 'ทต.', 'อบต.'];

/**
 * All agencies of a province, by district, then kind, then name.
 * @param {string} province its code
 * @returns {Promise<import('./types').Answer<import('./types').Page<Agency>>>}
 */
export async function agenciesOf(province) {
  /** @type {import('./types').Answer<import('./types').Page<Agency>>} */
  const answer = await get(`/agencies?province=${encodeURIComponent(province)}`);
  if (answer.ok) {
    answer.body.items.sort((a, b) => collator.compare(a.district, b.district)
      || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || collator.compare(a.name, b.name));
  }
  return answer;
}
