/** A post as it is shown: the face, the state, the name. */

import { fill, find, make } from './dom.js';
import { nobody, stateWords } from './post.js';

/** @typedef {import('./types').Person} Person */
/** @typedef {import('./types').State} State */

/**
 * The face, the state, the name and the position of a post, wherever it is shown.
 * @param {ParentNode} root
 * @param {State} state
 * @param {Person | null} person
 * @param {string} [photo] the address of the photo, if there is one
 */
export function showPost(root, state, person, photo) {
  fill(root, {
    state: stateWords(state),
    initials: photo ? portrait(photo) : person ? initials(person) : '–',
    title: person ? nameOf(person) : nobody(state),
    position: person?.position,
  });
  for (const slot of ['state', 'initials']) find(root, `[data-slot="${slot}"]`, HTMLElement).dataset.state = state;
  if (!person) find(root, '[data-slot="title"]', HTMLElement).lang = document.documentElement.lang;
}

/**
 * In a list nothing is fetched before it comes into sight. The name stands beside it, so it has no words.
 * @param {string} address
 */
function portrait(address) {
  return Object.assign(make('img'), { loading: 'lazy', decoding: 'async', alt: '', width: 96, height: 128, src: address });
}

/**
 * A name that breaks only between first and last name.
 * @param {import('./types').Person} person
 */
function nameOf(person) {
  const whole = document.createDocumentFragment();
  const first = make('span', `${person.prefix}${person.first_name}`);
  const last = make('span', person.last_name);
  first.className = last.className = 'whole';
  whole.append(first, ' ', last);
  return whole;
}

/**
 * The first letters of first and last name, without vowels that stand before their consonant.
 * @param {import('./types').Person} person
 */
function initials(person) {
  const letter = (/** @type {string} */ name) => name.match(/[ก-ฮA-Za-z]/)?.[0] ?? '';
  return letter(person.first_name) + letter(person.last_name);
}
