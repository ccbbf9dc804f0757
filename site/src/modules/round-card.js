/** A round in short: its letter, its deadline, and, while it is open, how far it is in what is in the officer's care. */

import { get } from './api.js';
import { copy, fill, find, show } from './dom.js';
import { say } from './lang.js';
import { count, dueWords, letterWords, stateWords, to } from './round-words.js';
import { bar, share } from './tally.js';

/** @typedef {import('./rounds').Summary} Summary */

/** @param {Summary} summary */
export function card(summary) {
  const line = copy('round');
  const address = to('/staff/round', { id: summary.id });
  fill(line, { title: summary.title, state: stateWords(summary), due: dueWords(summary), letter: letterWords(summary.letter) });
  find(line, '[data-slot="state"]', HTMLElement).dataset.state = summary.state === 'open' ? 'active' : summary.state;
  find(line, '[data-slot="title"]', HTMLAnchorElement).href = address;
  find(line, '[data-part="open"]', HTMLAnchorElement).href = address;
  if (summary.state === 'open') progress(line, summary);
  return line;
}

/**
 * @param {HTMLElement} line
 * @param {Summary} summary
 */
async function progress(line, { id }) {
  /** @type {import('./types').Answer<import('./rounds').Progress>} */
  const answer = await get(`/rounds/${encodeURIComponent(id)}/progress`);
  if (!answer.ok) return;
  const { tally, province } = answer.body;
  const asked = tally.answered + tally.owing;
  fill(line, {
    answered: say(`ตอบแล้ว ${count(tally.answered)} จาก ${count(asked)} แห่ง (${share(tally)}%)`, `${count(tally.answered)} of ${count(asked)} have answered (${share(tally)}%)`),
    owing: tally.owing === 0 ? '' : province
      ? say(`ยังไม่ตอบ ${count(tally.owing)} แห่ง โทรตาม`, `${count(tally.owing)} owe: call them`)
      : say(`ยังไม่ตอบ ${count(tally.owing)} แห่ง`, `${count(tally.owing)} owe`),
  });
  find(line, '[data-part="bar"]', HTMLElement).replaceChildren(bar(tally));
  find(line, '[data-part="owing"]', HTMLAnchorElement).href = province ? to('/staff/round/owing', { id }) : to('/staff/round', { id, show: 'owing' });
  show(find(line, '[data-part="progress"]', HTMLElement));
}
