/** No such page. An address typed from a letter with Thai digits leads to the one with 0-9. */

import { fold } from './thai.js';
import './session.js';

const address = new URL(location.href);
const typed = decode(address.pathname);
const folded = fold(typed);
if (folded !== typed) {
  // The path alone is replaced, so nothing typed leads to another site.
  address.pathname = folded;
  location.replace(address);
}

/**
 * What cannot be decoded is not Thai either.
 * @param {string} path
 */
function decode(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
