/** One agency's post as the public sees it. */

import { fill, find } from './dom.js';
import { showPost } from './face.js';
import { at, say } from './lang.js';
import { phoneLinks } from './phones.js';
import { place } from './place.js';

/**
 * @param {HTMLElement} root
 * @param {import('./types').Entry} entry
 * @param {'large' | 'small'} [size] of the photo
 */
export function showEntry(root, entry, size = 'small') {
  const { agency, state, person } = entry;
  showPost(root, state, person, entry.photo?.[size] ?? '');
  fill(root, { agency: agency.full_name, place: place(agency) });
  const link = root.querySelector('a[data-part="agency"]');
  if (link instanceof HTMLAnchorElement) link.href = `${at('/directory/agency')}?code=${encodeURIComponent(agency.code)}`;
  const links = phoneLinks(person?.phone ?? '');
  for (const each of links) each.setAttribute('aria-label', say(`โทร ${each.textContent}`, `Call ${each.textContent}`));
  find(root, '[data-part="phones"]', HTMLElement).replaceChildren(...links);
}
