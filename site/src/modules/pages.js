/** A list that comes page by page, to its end: the accounts or those that owe of a province, a few hundred at most. */

import { get } from './api.js';

/**
 * @template T
 * @param {string} path
 * @param {Record<string, string>} about what else is asked, where there is anything in it
 * @returns {AsyncGenerator<import('./types').Answer<import('./types').Page<T>>, void>} the pages, until one fails
 */
export async function* pagesOf(path, about) {
  const asked = Object.entries(about).filter(([, value]) => value);
  let cursor = '';
  do {
    const query = new URLSearchParams(cursor ? [...asked, ['cursor', cursor]] : asked);
    /** @type {import('./types').Answer<import('./types').Page<T>>} */
    const answer = await get(`${path}?${query}`);
    yield answer;
    cursor = answer.ok ? answer.body.next ?? '' : '';
  } while (cursor);
}
