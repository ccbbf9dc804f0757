/** The language of the page, and addresses within it. */

export const THAI = document.documentElement.lang !== 'en';

/**
 * Chooses between Thai and English; there is no way to give only one.
 * @param {string} th
 * @param {string} en
 */
export function say(th, en) {
  return THAI ? th : en;
}

/**
 * The address of a page in the language of this one.
 * @param {string} path
 */
export function at(path) {
  return THAI ? path : path === '/' ? '/en' : `/en${path}`;
}

/** This page's own path, as it stands in Thai. */
export function here() {
  return location.pathname.replace(/^\/en(?=\/|$)/, '').replace(/\/$/, '') || '/';
}
