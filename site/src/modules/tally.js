/** How many stand where, as a bar and as numbers that open their lists. */

import { copy, fill, find } from './dom.js';
import { count, countWords } from './round-words.js';

/** @typedef {import('./rounds').Tally} Tally */
/** @typedef {import('./rounds').Count} Count */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element of a drawing.
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
export function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, String(value));
  return element;
}

/**
 * The shares side by side. The numbers stand beside it, so that it has no words of its own.
 * @param {Tally} tally
 */
export function bar(tally) {
  const asked = tally.all - tally.exempt;
  const root = drawn('svg', { class: 'bar', viewBox: `0 0 ${Math.max(asked, 1)} 1`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  let from = 0;
  for (const name of /** @type {Count[]} */ (['answered', 'silent', 'unreachable', 'not_registered'])) {
    root.append(drawn('rect', { class: name, x: from, width: tally[name], height: 1 }));
    from += tally[name];
  }
  return root;
}

/**
 * Of those who are asked, how many have answered, in hundredths; never whole before all have.
 * @param {Tally} tally
 */
export function share({ answered, owing }) {
  return answered + owing === 0 ? 0 : Math.floor((answered * 100) / (answered + owing));
}

/**
 * Fills a list of counts.
 * @param {HTMLElement} list
 * @param {Count[]} names
 * @param {Tally} tally
 * @param {(name: Count) => string} address of the list behind a number
 */
export function counts(list, names, tally, address) {
  list.replaceChildren(...names.map((name) => {
    const line = copy('count');
    fill(line, { words: countWords(name), number: count(tally[name]) });
    const link = find(line, 'a', HTMLAnchorElement);
    if (tally[name] > 0) link.href = address(name);
    line.dataset.count = name;
    return line;
  }));
}
