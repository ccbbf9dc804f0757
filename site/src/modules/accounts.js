/** The accounts of a province, page by page: it has a few hundred at most. */

import { get } from './api.js';

/** @typedef {import('./types').AccountRow} AccountRow */

/**
 * @param {string} province its code
 * @returns {AsyncGenerator<import('./types').Answer<import('./types').Page<AccountRow>>, void>} the pages, until one fails
 */
export async function* accountsOf(province) {
  let cursor = '';
  do {
    const query = new URLSearchParams(cursor ? { province, cursor } : { province });
    /** @type {import('./types').Answer<import('./types').Page<AccountRow>>} */
    const answer = await get(`/accounts?${query}`);
    yield answer;
    cursor = answer.ok ? answer.body.next ?? '' : '';
  } while (cursor);
}
