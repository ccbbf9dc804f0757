/**
 * Who owes an answer in a province or district: telephoned one by one, each call noted; copied into a chat of LINE,
 * whole or a district alone; printed.
 */

import { get, post } from './api.js';
import { moment } from './days.js';
import { question } from './dialog.js';
import { byDistrict, inOrder } from './districts.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { at, say } from './lang.js';
import { failed, notice } from './notice.js';
import { pagesOf } from './pages.js';
import { phoneLinks } from './phones.js';
import { PROVINCES } from './provinces.js';
import { asked, count, countWords, dueWords, id, letterWords, round, to } from './round-words.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';
import { fold } from './thai.js';

/** @typedef {import('./rounds').OwingLine} OwingLine */
/** @typedef {import('./rounds').CallNote} CallNote */
/** @typedef {import('./rounds').Summary} Summary */

const root = byId('owing');
const table = find(root, 'table', HTMLTableElement);
const filter = find(root, '#filter', HTMLFormElement);
const words = find(filter, '#q', HTMLInputElement);
/** @type {OwingLine[]} */
let owing = [];
/** @type {Summary | null} */
let summary = null;
let province = '';
let district = '';
let canNote = false;

const note = question('ask-note', {
  send: (/** @type {OwingLine} */ { agency }, body) => /** @type {Promise<import('./types').Answer<CallNote>>} */ (post(`${round}/calls`, { ...body, agency: agency.code })),
  done: (line, call) => {
    const before = shown();
    line.calls.unshift(call);
    tell();
    notice(say(`บันทึกการโทรถึง ${line.agency.full_name} แล้ว`, `The call to ${line.agency.full_name} is noted.`), 'done');
    goOn(line, before);
  },
  refused: staffEnded,
});

const session = await requireStaff();
if (session) {
  const { place } = session.staff;
  fill(document, { place: placeWords(place) });
  canNote = place.role !== 'district';
  province = place.province ?? asked.get('province') ?? '';
  district = place.district ?? asked.get('district') ?? '';
  const group = filter.querySelector(`input[value="${CSS.escape(asked.get('group') ?? 'owing')}"]`);
  if (group instanceof HTMLInputElement) group.checked = true;
  choose(!place.province);
  await load();
}

/** The centre chooses a province; a district goes with its province. @param {boolean} free */
function choose(free) {
  const select = find(root, '#of-province', HTMLSelectElement);
  select.value = province;
  show(byId('choose'), free);
  select.addEventListener('change', () => location.assign(to('/staff/round/owing', { province: select.value })));
}

async function load() {
  /** @type {import('./types').Answer<Summary>} */
  const answer = await get(round);
  if (!answer.ok) return gone(answer.problem);
  summary = answer.body;
  canNote &&= summary.state === 'open';
  const link = find(root, '[data-part="back"]', HTMLAnchorElement);
  link.href = to('/staff/round', { province: session?.role === 'central' ? province : '', district: session?.staff.place.district ? '' : district });
  fill(root, { round: summary.title, area: areaWords(), due: [dueWords(summary), letterWords(summary.letter)].filter(Boolean).join(' · ') });
  document.title = `${areaWords()} – ${document.title}`;
  if (province) {
    /** @type {ReturnType<typeof pagesOf<OwingLine>>} */
    const pages = pagesOf(`${round}/owing`, { province, district });
    for await (const page of pages) {
      if (!page.ok) return gone(page.problem);
      owing.push(...page.body.items);
    }
    inOrder(owing);
    show(byId('everybody'), owing.length === 0);
    show(byId('ways'), owing.length > 0);
    // It is there when it is asked for, whatever becomes of the line.
    import('./owing-chat.js');
    find(root, '#letters-link', HTMLAnchorElement).href = to('/staff/round/letters', { province });
    tell();
    const { exportButton } = await import('./export.js');
    exportButton(byId('csv'), { list: 'owing', round: id, province, district });
  }
  arrived();
  show(filter, owing.length > 0);
  show(root);
}

/** @param {import('./types').Problem} problem */
function gone(problem) {
  arrived();
  if ([403, 404, 422].includes(problem.status)) show(byId('unknown'));
  else if (!staffEnded(problem)) failed(problem);
}

function areaWords() {
  const [th, en] = PROVINCES[province] ?? ['', ''];
  if (district) return say(`อำเภอ${district} จังหวัด${th}`, `อำเภอ${district}, ${en}`);
  return province ? say(`จังหวัด${th}`, en) : say('เลือกจังหวัดเพื่อดูรายชื่อ', 'Choose a province');
}

/**
 * @param {OwingLine} line
 * @param {string} group
 */
function isOf({ standing, calls }, group) {
  return group === 'owing' || (group === 'uncalled' ? calls.length === 0 : standing === group);
}

/** The lines that are in sight. */
function shown() {
  const group = String(new FormData(filter).get('group') ?? 'owing');
  return named().filter((line) => isOf(line, group));
}

function named() {
  const wanted = fold(words.value).trim();
  return owing.filter(({ agency }) => `${agency.full_name} ${agency.kind}${agency.name} ${agency.district}`.includes(wanted));
}

function tell() {
  const all = named();
  for (const badge of filter.querySelectorAll('[data-count]')) {
    badge.textContent = count(all.filter((line) => isOf(line, badge.getAttribute('data-count') ?? '')).length);
  }
  const lines = shown();
  const called = owing.filter(({ calls }) => calls.length > 0).length;
  byId('count').textContent = owing.length === 0 ? '' : say(
    `${count(lines.length)} แห่ง จากที่ยังไม่ตอบ ${count(owing.length)} โทรแล้ว ${count(called)}`,
    `${count(lines.length)} of ${count(owing.length)} that owe; ${count(called)} called`,
  );
  for (const body of table.querySelectorAll('tbody')) body.remove();
  table.append(...byDistrict(lines).map(([name, group]) => {
    const body = copy('district');
    fill(body, { district: `${name} (${group.length})` });
    const button = find(body, '[data-act="copy"]', HTMLButtonElement);
    button.setAttribute('aria-label', say(`คัดลอก${name}`, `Copy ${name}`));
    button.addEventListener('click', () => message((chat, text) => chat.keep(text), group));
    body.append(...group.map(row));
    return body;
  }));
  show(table, lines.length > 0);
}

/** @param {OwingLine} line */
function row(line) {
  const { agency, telephone, standing, calls } = line;
  const element = copy('agency');
  element.dataset.code = agency.code;
  fill(element, { agency: agency.full_name, standing: countWords(standing) });
  find(element, '[data-slot="standing"]', HTMLElement).dataset.state = standing;
  find(element, 'a', HTMLAnchorElement).href = `${at('/staff/agency')}?code=${encodeURIComponent(agency.code)}`;
  const links = phoneLinks(telephone ?? '');
  for (const link of links) link.setAttribute('aria-label', say(`โทร ${link.textContent} ${agency.full_name}`, `Call ${link.textContent}, ${agency.full_name}`));
  find(element, '[data-part="phones"]', HTMLElement).replaceChildren(...(links.length > 0 ? links : [say('ไม่มีหมายเลขในบัญชีรายชื่อ', 'No number on the list')]));
  find(element, '[data-part="calls"]', HTMLElement).replaceChildren(...calls.map((call) => make('li', callWords(call))));
  const button = find(element, '[data-act="note"]', HTMLButtonElement);
  button.setAttribute('aria-label', say(`บันทึกการโทร ${agency.full_name}`, `Note a call to ${agency.full_name}`));
  button.addEventListener('click', () => note(line, { agency: agency.full_name }));
  show(button, canNote);
  return element;
}

/** @param {CallNote} call */
function callWords({ at: when, by, outcome, note: written }) {
  const came = document.querySelector(`#ask-note input[value="${outcome}"]`)?.closest('label')?.textContent?.trim() ?? outcome;
  const office = by === 'central' ? say(' (สำนักงาน ก.ถ.)', ' (the central office)') : '';
  return `${came}${written ? `: ${written}` : ''} – ${moment(when)}${office}`;
}

/**
 * After a call is noted: to its agency, or, where that has gone out of sight, to the one that followed it.
 * @param {OwingLine} line
 * @param {OwingLine[]} before
 */
function goOn(line, before) {
  const after = shown();
  const next = [line, ...before.slice(before.indexOf(line) + 1)].find((each) => after.includes(each)) ?? after.at(-1);
  const element = next && table.querySelector(`tr[data-code="${next.agency.code}"]`);
  if (element) find(element, '[data-act="note"]', HTMLButtonElement).focus();
  else byId('area').focus();
}

/** The list as a message of a chat. @param {(chat: typeof import('./owing-chat.js'), message: string) => void} use @param {OwingLine[]} lines */
async function message(use, lines) {
  const chat = await import('./owing-chat.js');
  if (summary) use(chat, chat.text(summary, areaWords(), byDistrict(lines)));
}

filter.addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener('input', tell);
byId('line').addEventListener('click', () => message((chat, text) => chat.keep(text), shown()));
byId('print').addEventListener('click', () => print());
if ('share' in navigator) {
  show(byId('share'));
  byId('share').addEventListener('click', () => message((_chat, text) => navigator.share({ text }).catch(() => {}), shown()));
}
