/** Choosing an agency: the province first, or by name from the whole country. Both ways end in one list. */

import { agenciesOf } from './agencies.js';
import { find, make } from './dom.js';
import { say } from './lang.js';
import { place } from './place.js';

/** @typedef {import('./types').Agency} Agency */

/**
 * Takes over the picker of a form.
 * @param {HTMLFormElement} form
 * @param {Agency | null} [before] an agency to begin with
 * @returns {(() => Agency | undefined) & { choose: (agency: Agency) => Promise<void> }} what is chosen, and a way to choose
 */
export function picker(form, before) {
  const root = find(form, '[data-part="picker"]', HTMLElement);
  const province = find(root, '#province', HTMLSelectElement);
  const agency = find(root, '#agency', HTMLSelectElement);
  const chosen = find(root, '[data-part="chosen"]', HTMLElement);
  const username = find(root, '[data-part="username"]', HTMLInputElement);
  /** @type {Map<string, Agency>} */
  const known = new Map();
  let turn = 0;

  const tell = () => {
    const one = known.get(agency.value);
    chosen.replaceChildren(...(one ? [make('strong', one.full_name), ` ${place(one)}`] : []));
    chosen.lang = one ? 'th' : document.documentElement.lang;
    username.value = one?.full_name ?? '';
  };

  const load = async (/** @type {string} */ code, /** @type {string} */ wanted) => {
    turn += 1;
    const mine = turn;
    agency.replaceChildren(new Option(code ? say('กำลังโหลด…', 'Loading…') : say('เลือกจังหวัดก่อน', 'Choose a province first'), ''));
    tell();
    if (!code) return;
    const answer = await agenciesOf(code);
    if (mine !== turn) return;
    if (!answer.ok) {
      agency.replaceChildren(new Option(answer.problem.title, ''));
      return;
    }
    agency.replaceChildren(new Option(say('เลือกหน่วยงานของท่าน', 'Choose your agency'), ''), ...grouped(answer.body.items));
    for (const item of answer.body.items) known.set(item.code, item);
    agency.value = wanted;
    tell();
  };

  const choose = async (/** @type {Agency} */ one) => {
    const code = [...province.options].find((each) => each.text.split(' (')[0] === one.province)?.value ?? '';
    province.value = code;
    await load(code, one.code);
  };

  province.addEventListener('change', () => load(province.value, ''));
  agency.addEventListener('change', tell);
  const country = find(root, '[data-part="country"]', HTMLDetailsElement);
  country.addEventListener('toggle', async () => {
    const { searchBox } = await import('./search-box.js');
    searchBox(root, (one) => {
      country.open = false;
      agency.focus();
      choose(one);
    });
  }, { once: true });
  // A province that was chosen before this module was there counts as well.
  if (before && !province.value) choose(before);
  else if (province.value) load(province.value, '');
  return Object.assign(() => known.get(agency.value), { choose });
}

/**
 * The agencies under the names of their districts.
 * @param {Agency[]} agencies in order
 */
function grouped(agencies) {
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const item of agencies) {
    const label = item.district ? `อำเภอ${item.district}` : item.province;
    let group = groups.get(label);
    if (!group) {
      group = document.createElement('optgroup');
      group.label = label;
      groups.set(label, group);
    }
    group.append(new Option(item.full_name, item.code));
  }
  return groups.values();
}
