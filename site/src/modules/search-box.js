/** Finding an agency by name in the whole country: a combobox with a list, after the ARIA pattern. */

import { get } from './api.js';
import { copy, fill, find, show } from './dom.js';
import { say } from './lang.js';
import { place } from './place.js';

/** @typedef {import('./types').Agency} Agency */

const PAUSE = 250;

/**
 * @param {HTMLElement} root
 * @param {(agency: Agency) => void} chosen
 */
export function searchBox(root, chosen) {
  const input = find(root, '[role="combobox"]', HTMLInputElement);
  const list = find(root, '[role="listbox"]', HTMLElement);
  const found = find(root, '[data-part="found"]', HTMLElement);
  /** @type {Agency[]} */
  let agencies = [];
  let active = -1;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let asking;

  const open = (/** @type {boolean} */ visible) => {
    show(list, visible);
    input.setAttribute('aria-expanded', String(visible));
    if (!visible) move(-1);
  };

  const move = (/** @type {number} */ to) => {
    active = to;
    [...list.children].forEach((item, at) => {
      item.setAttribute('aria-selected', String(at === to));
      if (at === to) item.scrollIntoView({ block: 'nearest' });
    });
    if (to >= 0) input.setAttribute('aria-activedescendant', `agency-option-${to}`);
    else input.removeAttribute('aria-activedescendant');
  };

  const take = (/** @type {number} */ at) => {
    const agency = agencies[at];
    if (!agency) return;
    open(false);
    input.value = '';
    found.textContent = '';
    chosen(agency);
  };

  const ask = async () => {
    asking?.abort();
    const words = input.value.trim();
    if (words.length < 2) {
      found.textContent = '';
      return open(false);
    }
    asking = new AbortController();
    const { signal } = asking;
    /** @type {import('./types').Answer<import('./types').Page<Agency>> | undefined} */
    const answer = await get(`/agencies?q=${encodeURIComponent(words)}`, signal).catch(() => undefined);
    if (!answer || signal.aborted) return;
    agencies = answer.ok ? answer.body.items : [];
    list.replaceChildren(...agencies.map((agency, at) => {
      const item = copy('agency-option');
      item.id = `agency-option-${at}`;
      fill(item, { name: agency.full_name, place: place(agency) });
      item.addEventListener('mousedown', (event) => event.preventDefault());
      item.addEventListener('click', () => take(at));
      return item;
    }));
    found.textContent = !answer.ok ? answer.problem.title : howMany(agencies.length, Boolean(answer.body.next));
    open(agencies.length > 0);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  if (input.value) ask();
  input.addEventListener('blur', () => open(false));
  input.addEventListener('keydown', (event) => {
    const last = agencies.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (last < 0) return;
      open(true);
      const step = event.key === 'ArrowDown' ? active + 1 : active - 1;
      move(step > last ? 0 : step < 0 ? last : step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!list.hidden) take(active >= 0 ? active : agencies.length === 1 ? 0 : -1);
    } else if (event.key === 'Escape') {
      if (list.hidden) input.value = '';
      open(false);
    }
  });
}

/**
 * @param {number} number
 * @param {boolean} more
 */
function howMany(number, more) {
  if (number === 0) return say('ไม่พบหน่วยงาน ลองพิมพ์เฉพาะชื่อ หรือเติมชื่อจังหวัด', 'No agency found. Try the name alone, or add the province.');
  if (more) return say(`แสดง ${number} แห่งแรก พิมพ์ชื่ออำเภอหรือจังหวัดเพิ่มเพื่อให้แคบลง`, `The first ${number}. Add a district or province to narrow it.`);
  return say(`พบ ${number} แห่ง ใช้ปุ่มลูกศรเลือกได้`, `${number} found; use the arrow keys.`);
}
