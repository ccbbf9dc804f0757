/** The public search: what is asked stands in the address, so that it can be shared and gone back to. */

import { agenciesOf } from './agencies.js';
import { get } from './api.js';
import { byId, copy, find, show } from './dom.js';
import { showEntry } from './entry.js';
import { say } from './lang.js';
import { failed, quiet } from './notice.js';
import { collator } from './thai.js';
import './session.js';

/** @typedef {import('./types').Directory} Directory */

const NAMES = ['q', 'state', 'province', 'district', 'kind'];
const PAUSE = 300;
const form = find(document, '#search', HTMLFormElement);
const province = find(form, '#province', HTMLSelectElement);
const district = find(form, '#district', HTMLSelectElement);
const results = byId('results');
const count = byId('count');
const more = /** @type {HTMLButtonElement} */ (byId('more'));
/** @type {AbortController | undefined} */
let asking;
let timer = 0;

/** What the form asks, without what is empty. */
function asked() {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = String(new FormData(form).get(name) ?? '').trim();
    if (value) query.set(name, value);
  }
  return query;
}

/** Puts what the address asks into the form. */
async function fromAddress() {
  const query = new URLSearchParams(location.search);
  const filtered = ['province', 'district', 'kind'].some((name) => query.has(name));
  if (filtered) find(form, '#filters', HTMLDetailsElement).open = true;
  province.value = query.get('province') ?? '';
  await districts();
  for (const name of NAMES) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof RadioNodeList) field.value = query.get(name) ?? '';
  }
}

/** The districts of the province that is chosen. */
async function districts() {
  const code = province.value;
  const all = /** @type {HTMLOptionElement} */ (district.options[0]);
  district.replaceChildren(all);
  district.disabled = !code;
  if (!code) return;
  const answer = await agenciesOf(code);
  if (!answer.ok || province.value !== code) return;
  const names = new Set(answer.body.items.map((agency) => agency.district).filter(Boolean));
  district.append(...[...names].sort(collator.compare).map((name) => new Option(name, name)));
}

/** @param {string} [cursor] the page after which to go on */
async function search(cursor) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const query = asked();
  if (cursor) query.set('cursor', cursor);
  results.ariaBusy = 'true';
  /** @type {import('./types').Answer<Directory> | undefined} */
  const answer = await get(`/directory?${query}`, signal).catch(() => undefined);
  if (!answer || signal.aborted) return;
  results.ariaBusy = 'false';
  if (!answer.ok) return void failed(answer.problem);
  quiet();
  const items = answer.body.items.map((entry) => {
    const item = copy('entry');
    showEntry(item, entry);
    return item;
  });
  if (cursor) results.append(...items);
  else results.replaceChildren(...items);
  tell(answer.body);
  if (cursor) find(items[0] ?? results, 'a', HTMLElement).focus();
}

/** @param {Directory} page */
function tell(page) {
  count.textContent = page.total === 0
    ? say('ไม่พบข้อมูล ลองพิมพ์ให้สั้นลง หรือล้างตัวกรอง', 'Nothing found. Try fewer letters, or clear the filters.')
    : say(`พบ ${page.total.toLocaleString('en')} แห่ง`, `${page.total.toLocaleString('en')} found`);
  const states = page.facets.state ?? {};
  for (const badge of form.querySelectorAll('[data-count]')) {
    const state = badge.getAttribute('data-count') ?? '';
    const counted = state ? [state] : ['held', 'acting', 'vacant'];
    badge.textContent = counted.reduce((sum, each) => sum + (states[each] ?? 0), 0).toLocaleString('en');
  }
  show(more, Boolean(page.next));
  more.onclick = () => search(page.next ?? undefined);
}

/** @param {'pushState' | 'replaceState'} how */
function ask(how) {
  clearTimeout(timer);
  const query = asked().toString();
  history[how](null, '', query ? `?${query}` : location.pathname);
  search();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask('pushState');
});
form.addEventListener('input', (event) => {
  if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'search') return;
  clearTimeout(timer);
  timer = setTimeout(() => ask('replaceState'), PAUSE);
});
form.addEventListener('change', async (event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === 'search') return;
  if (event.target === province) await districts();
  ask('pushState');
});
byId('clear').addEventListener('click', async () => {
  province.value = '';
  find(form, '#kind', HTMLSelectElement).value = '';
  await districts();
  ask('pushState');
});
addEventListener('popstate', async () => {
  await fromAddress();
  search();
});

await fromAddress();
await search();
