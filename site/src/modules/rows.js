/** Lists of lines: a title, a note below it, and what can be done at its end. */

import { byId, copy, fill, find, show } from './dom.js';

/**
 * @param {string} title
 * @param {string} note
 * @param {...(HTMLElement | null)} ends
 */
export function row(title, note, ...ends) {
  const item = copy('row');
  fill(item, { title, note });
  for (const end of ends) if (end) find(item, '.end', HTMLElement).append(end);
  return item;
}

/**
 * Fills the list in a section, and shows the section if there is anything in it.
 * @param {string} id
 * @param {HTMLElement[]} items
 */
export function rows(id, items) {
  find(byId(id), '.rows', HTMLElement).replaceChildren(...items);
  show(byId(id), items.length > 0);
}
