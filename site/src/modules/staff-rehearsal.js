/** The rehearsal of a round, `?id=`: every message, its day, to whom and how many; and the opening. */

import { get, post } from './api.js';
import { question } from './dialog.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { say } from './lang.js';
import { failed, leave, notice } from './notice.js';
import { count, round, stepWords, to } from './round-words.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';
import { weekday } from './weekday.js';

/** @typedef {import('./rounds').Round} Round */
/** @typedef {import('./rounds').Rehearsal} Rehearsal */

/** An opening of the whole country takes a few calls; more than this means that something is wrong. */
const CALLS = 60;

const root = byId('rehearsal');
const opening = byId('opening');
const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  await load();
}

/** @param {import('./types').Problem} problem */
function gone(problem) {
  if ([403, 404].includes(problem.status)) show(byId('unknown'));
  else if (!staffEnded(problem)) failed(problem);
}

async function load() {
  /** @type {[import('./types').Answer<Round>, import('./types').Answer<Rehearsal>]} */
  const [answer, rehearsed] = await Promise.all([get(round), get(`${round}/rehearsal`)]);
  arrived();
  if (!answer.ok) return gone(answer.problem);
  if (!rehearsed.ok) return gone(rehearsed.problem);
  tell(answer.body, rehearsed.body);
  show(root);
}

/**
 * @param {Round} whole
 * @param {Rehearsal} rehearsal
 */
function tell(whole, { expected, excused, unregistered, without_address: without, days }) {
  const places = (/** @type {number} */ number) => say(`${count(number)} แห่ง`, count(number));
  document.title = `${whole.title} – ${document.title}`;
  find(root, '[data-part="back"]', HTMLAnchorElement).href = to('/staff/round');
  find(opening, '[data-part="edit"]', HTMLAnchorElement).href = to('/staff/round/edit');
  fill(root, {
    round: whole.title,
    expected: places(expected),
    excused: excused > 0 ? places(excused) : '',
    unregistered: places(unregistered),
    without_address: places(without),
  });
  /** @type {Map<string, HTMLElement>} */
  const lines = new Map();
  for (const { day, step, to: whom, number } of days) {
    const line = lines.get(step) ?? copy('due-day');
    lines.set(step, line);
    fill(line, { day: weekday(day), step: stepWords(step) });
    find(line, '[data-part="to"]', HTMLElement).append(make('div', whom === 'agency'
      ? say(`หน่วยงานที่ยังไม่ตอบ ${count(number)} แห่ง`, `${count(number)} agencies that owe`)
      : say(`สรุปถึงสำนักงานจังหวัด ${count(number)} จังหวัด`, `a digest to ${count(number)} ${number === 1 ? 'province' : 'provinces'}`)));
  }
  find(root, 'tbody', HTMLElement).replaceChildren(...lines.values());
  show(find(root, 'table', HTMLElement), days.length > 0);
  show(byId('no-days'), days.length === 0);
  show(opening, whole.state === 'draft' || whole.state === 'opening');
  const button = find(opening, '[data-act="open"]', HTMLButtonElement);
  if (whole.state === 'opening') button.textContent = say('เปิดรอบต่อจนเสร็จ', 'Go on with the opening');
  const ask = question('ask-open', {
    send: (/** @type {null} */ _about, body) => open(body),
    done: () => leave(to('/staff/round'), say('เปิดรอบแล้ว', 'The round is open.')),
    refused: staffEnded,
  });
  button.addEventListener('click', () => ask(null, {
    title: whole.title,
    frozen: say(`รายชื่อหน่วยงานที่ต้องตอบ ${count(expected)} แห่งจะถูกบันทึกไว้ และการแจ้งเตือนจะออกตามกำหนดข้างต้น`, `The list of ${count(expected)} agencies that are asked is fixed, and reminders go out as planned above.`),
  }));
}

/**
 * The list is written in as many calls as it takes; each goes on where the one before stopped.
 * @param {unknown} body
 * @returns {Promise<import('./types').Answer<Round>>}
 */
async function open(body) {
  const said = byId('opening-now');
  said.textContent = say('กำลังบันทึกรายชื่อหน่วยงาน โปรดอย่าปิดหน้านี้', 'The list is being written. Please leave this page open.');
  /** @type {import('./types').Answer<Round>} */
  let answer = await post(`${round}/opening`, body);
  for (let calls = 1; answer.ok && answer.status === 202 && calls < CALLS; calls += 1) answer = await post(`${round}/opening`, body);
  said.textContent = '';
  if (!answer.ok && answer.problem.status !== 422) notice(say('ถ้าเปิดรอบไม่เสร็จ กดเปิดรอบอีกครั้ง ระบบจะทำต่อจากที่ค้าง', 'If the opening is not done, press again: it goes on where it stopped.'), 'warning');
  return answer;
}
