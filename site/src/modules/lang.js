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
 * A text for the page; on an English page the Thai in it is marked as Thai, so that it is read aloud as such.
 * @param {string} text
 * @returns {(string | Node)[]}
 */
export function mixed(text) {
  if (THAI) return [text];
  return text.split(/([ก-๛](?:[ก-๛ .]*[ก-๛])?)/).filter(Boolean).map((part) => {
    if (!/^[ก-๛]/.test(part)) return part;
    const span = document.createElement('span');
    span.lang = 'th';
    span.textContent = part;
    return span;
  });
}

/**
 * The address of a page in the language of this one.
 * @param {string} path
 */
export function at(path) {
  return THAI ? path : path === '/' ? '/en' : `/en${path}`;
}

/** This page's own path, as it stands in Thai. */
function here() {
  return location.pathname.replace(/^\/en(?=\/|$)/, '').replace(/\/$/, '') || '/';
}

/**
 * The address of a sign-in page that leads back here.
 * @param {string} [page]
 */
export function signInAddress(page = '/sign-in') {
  return `${at(page)}?next=${encodeURIComponent(here() + location.search)}`;
}
