/** One round, `?id=`: how far it is, from the country down to the agency. Every number opens the list behind it. */

import { get } from './api.js';
import { showCurve } from './curve.js';
import { day, moment } from './days.js';
import { byDistrict, inOrder } from './districts.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { exportButton } from './export.js';
import { at, say } from './lang.js';
import { failed } from './notice.js';
import { PROVINCES } from './provinces.js';
import { asked, count, countWords, dueWords, OWING, round, stateWords, to } from './round-words.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';
import { bar, counts, share } from './tally.js';
import { collator } from './thai.js';

/** @typedef {import('./rounds').Round} Round */
/** @typedef {import('./rounds').Progress} Progress */
/** @typedef {import('./rounds').Count} Count */
/** @typedef {import('./rounds').Area} Area */

/** The counts of a row, those that stay in sight on a phone first. */
const COLUMNS = /** @type {Count[]} */ (['answered', 'owing', 'not_registered', 'silent', 'unreachable', 'confirmed', 'updated', 'vacant', 'late', 'exempt', 'all']);

const root = byId('round');
const shown = /** @type {Count | ''} */ (asked.get('show') ?? '');
const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  await load();
}

/** @param {import('./types').Problem} problem */
function gone(problem) {
  if (problem.status === 404 || problem.status === 422 || problem.status === 403) show(byId('unknown'));
  else if (!staffEnded(problem)) failed(problem);
}

async function load() {
  /** @type {import('./types').Answer<Round>} */
  const answer = await get(round);
  arrived();
  if (!answer.ok) return gone(answer.problem);
  const whole = answer.body;
  tell(whole);
  if (session?.role === 'central') {
    const { roundActs } = await import('./round-acts.js');
    roundActs(whole, answer.etag ?? '');
  }
  const { roundFacts } = await import('./round-facts.js');
  roundFacts(whole);
  const { roundFiles } = await import('./round-files.js');
  roundFiles(whole, session?.role === 'central');
  show(root);
  if (whole.frozen) await progress(whole);
}

/** @param {Round} whole */
function tell(whole) {
  const moved = whole.moves.at(-1);
  document.title = `${whole.title} – ${document.title}`;
  fill(root, {
    title: whole.title,
    state: stateWords(whole),
    due: dueWords(whole),
    stopped: whole.stopped_at ? say(`หยุดการแจ้งเตือนของรอบนี้ไว้ตั้งแต่ ${moment(whole.stopped_at)}`, `The reminders of this round are stopped since ${moment(whole.stopped_at)}`) : '',
    moved: moved ? say(`เลื่อนกำหนดจาก ${day(moved.from)} เป็น ${day(moved.to)} เมื่อ ${moment(moved.at)}`, `The deadline was moved from ${day(moved.from)} to ${day(moved.to)} on ${moment(moved.at)}`) : '',
  });
  find(root, '[data-slot="state"]', HTMLElement).dataset.state = whole.state === 'open' ? 'active' : whole.state;
}

/** @param {Round} whole */
async function progress(whole) {
  const [province, district] = [asked.get('province') ?? '', asked.get('district') ?? ''];
  const named = shown && (province || session?.role !== 'central') ? shown : '';
  const query = new URLSearchParams({ ...(province && { province }), ...(district && { district }), ...(named && { standing: named }) });
  /** @type {import('./types').Answer<Progress>} */
  const answer = await get(`${round}/progress?${query}`);
  if (!answer.ok) return gone(answer.problem);
  const found = answer.body;
  // What was written at the end of a round stands, whatever is counted afterwards.
  if (whole.report && found.level === 'country') {
    Object.assign(found, { tally: whole.report.tally, areas: whole.report.provinces });
    fill(root, { reckoned: say(`ผลสรุปเมื่อปิดรอบ ${moment(whole.report.at)}`, `As it stood when the round closed, ${moment(whole.report.at)}`) });
  }
  numbers(found);
  trail(found);
  showCurve(found.curve, whole.dates);
  behind(found);
  exportButton(byId('csv'), { list: 'progress', round: whole.id, province: found.province, district: found.district });
  show(byId('dashboard'));
  if (shown) find(root, '[data-slot="behind"]', HTMLElement).focus();
}

/**
 * The address of what a count of an area is made of: who owes is called, all others are listed here.
 * @param {Progress} found
 * @param {Count | ''} name
 * @param {{ province?: string | null, district?: string | null }} [area]
 */
function listOf(found, name, area = {}) {
  const about = { province: found.province, district: found.district, ...area };
  if (about.province && OWING.includes(name)) return to('/staff/round/owing', { ...about, group: name });
  return to('/staff/round', { ...about, show: name });
}

/** @param {Progress} found */
function numbers(found) {
  const { tally } = found;
  const all = tally.answered + tally.owing;
  fill(root, {
    answered: say(`ตอบแล้ว ${count(tally.answered)} จาก ${count(all)} แห่ง`, `${count(tally.answered)} of ${count(all)} have answered`),
    share: `${share(tally)}%`,
  });
  byId('bar').replaceChildren(bar(tally));
  const address = (/** @type {Count} */ name) => listOf(found, name);
  counts(byId('counts-owing'), ['owing', 'not_registered', 'silent', 'unreachable'], tally, address);
  counts(byId('counts-answered'), ['answered', 'confirmed', 'updated', 'vacant', 'late', 'exempt', 'all'], tally, address);
  const chase = find(root, '#chase', HTMLAnchorElement);
  chase.href = listOf(found, 'owing');
  if (found.round.state === 'closed') chase.textContent = say('รายชื่อที่ไม่ได้ตอบ', 'Who has not answered');
  show(chase, tally.owing > 0 && Boolean(found.province));
}

/** Where one is, and the ways up. @param {Progress} found */
function trail({ level, province, district }) {
  const steps = [];
  const [th, en] = PROVINCES[province ?? ''] ?? ['', ''];
  const here = session?.staff.place.role;
  if (here === 'central') steps.push([say('ทั้งประเทศ', 'The country'), to('/staff/round')]);
  if (province && here !== 'district') steps.push([say(`จังหวัด${th}`, en), to('/staff/round', { province })]);
  if (district) steps.push([say(`อำเภอ${district}`, `อำเภอ${district}`), '']);
  byId('trail').replaceChildren(...steps.map(([words = '', address = ''], index) => {
    const last = index === steps.length - 1;
    const link = make('a', words);
    if (last) link.setAttribute('aria-current', 'location');
    if (!last || shown) link.href = address || to('/staff/round', { province, district });
    return make('li', link);
  }));
  const everything = find(root, '#everything', HTMLAnchorElement);
  everything.href = to('/staff/round', level === 'country' ? {} : { province, district });
  show(everything, Boolean(shown));
}

/** What the numbers are made of: areas, or agencies. @param {Progress} found */
function behind(found) {
  const { level, areas, agencies } = found;
  const words = shown ? countWords(shown) : '';
  const one = level !== 'district' && !(shown && level === 'province');
  areas.sort((a, b) => (shown && b.tally[shown] - a.tally[shown]) || collator.compare(a.name, b.name));
  if (one) tellAreas(found, areas.filter(({ tally }) => !shown || tally[shown] > 0));
  else tellAgencies(agencies);
  fill(root, {
    behind: shown
      ? say(`${words} ${count(found.tally[shown])} แห่ง`, `${words}: ${count(found.tally[shown])}`)
      : { country: say('แยกตามจังหวัด', 'By province'), province: say('แยกตามอำเภอ', 'By district'), district: say('รายหน่วยงาน', 'By agency') }[level],
  });
  show(byId('nobody'), one ? false : agencies.length === 0);
}

/**
 * @param {Progress} found
 * @param {Area[]} areas
 */
function tellAreas(found, areas) {
  const table = byId('areas');
  const columns = shown ? [shown] : COLUMNS;
  const head = find(table, 'thead tr', HTMLElement);
  head.append(...columns.map((name) => {
    const cell = make('th', countWords(name));
    cell.scope = 'col';
    cell.dataset.count = name;
    return cell;
  }));
  find(table, 'tbody', HTMLElement).replaceChildren(...areas.map(({ code, name, tally }) => {
    const area = code ? { province: code } : { district: name };
    const link = make('a', code ? say(name, PROVINCES[code]?.[1] ?? name) : name ? `อำเภอ${name}` : say('ไม่แบ่งอำเภอ', 'No district'));
    link.href = name ? listOf(found, '', area) : listOf(found, 'all');
    const row = make('th', link);
    row.scope = 'row';
    row.append(bar(tally));
    return make('tr', row, ...columns.map((column) => number(tally[column], column, listOf(found, column, area))));
  }));
  show(table, areas.length > 0);
}

/**
 * @param {number} number
 * @param {Count} name
 * @param {string} address
 */
function number(number, name, address) {
  const cell = make('td');
  cell.dataset.count = name;
  cell.dataset.label = countWords(name);
  if (number === 0) cell.append('0');
  else {
    const link = make('a', count(number));
    link.href = address;
    cell.append(link);
  }
  return cell;
}

/** @param {import('./rounds').AgencyLine[]} agencies */
function tellAgencies(agencies) {
  const table = byId('agencies');
  for (const body of table.querySelectorAll('tbody')) body.remove();
  table.append(...byDistrict(inOrder(agencies)).map(([district, group]) => {
    const body = copy('district');
    fill(body, { district });
    body.append(...group.map(agencyRow));
    return body;
  }));
  show(table, agencies.length > 0);
}

/** @param {import('./rounds').AgencyLine} line */
function agencyRow({ agency, standing, excused, answer }) {
  const line = copy('agency');
  fill(line, {
    agency: agency.full_name,
    standing: excused && standing === 'exempt' ? say(`ยกเว้น: ${excused}`, `Excused: ${excused}`) : countWords(standing),
    late: answer?.late ? say('หลังกำหนด', 'late') : '',
    when: answer ? moment(answer.answered_at) : '–',
  });
  find(line, '[data-slot="standing"]', HTMLElement).dataset.state = standing;
  find(line, 'a', HTMLAnchorElement).href = `${at('/staff/agency')}?code=${encodeURIComponent(agency.code)}`;
  return line;
}
