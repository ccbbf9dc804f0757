/** The way from a sign-in page back to where one was. */

import { at } from './lang.js';

/**
 * The page that `?next=` names, if it is one of those that begin like `roots`, or else the first of them.
 * @param {...string} roots
 */
export function next(...roots) {
  const asked = new URLSearchParams(location.search).get('next') ?? '';
  const wanted = new URL(URL.canParse(asked, location.origin) ? asked : '/', location.origin);
  const known = wanted.origin === location.origin && roots.some((root) => wanted.pathname === root || wanted.pathname.startsWith(`${root}/`));
  return at(known ? wanted.pathname + wanted.search : roots[0] ?? '/');
}
