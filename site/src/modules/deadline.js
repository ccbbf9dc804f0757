/** How far a deadline is, in words that are read in passing. */

import { day } from './days.js';
import { make } from './dom.js';
import { say } from './lang.js';

/** @typedef {import('./types').When} When */

/** From so many days on it is soon. */
const SOON = 7;

/**
 * How much time there is; a passed deadline still takes answers.
 * @param {When} when
 */
function words({ days_left: left }) {
  if (left > 0) return say(`เหลือ ${left} วัน`, left === 1 ? '1 day left' : `${left} days left`);
  if (left === 0) return say('ครบกำหนดวันนี้', 'Due today');
  return say(`เลยกำหนด ${-left} วัน ยังตอบได้`, `${left === -1 ? '1 day' : `${-left} days`} late, you can still answer`);
}

/**
 * The time that is left, as a mark.
 * @param {When} when
 */
export function timeLeft(when) {
  return mark(words(when), when.days_left < 0 ? 'late' : when.days_left <= SOON ? 'soon' : 'owing');
}

/**
 * @param {string} text
 * @param {string} state
 */
export function mark(text, state) {
  const element = make('strong', text);
  element.className = 'left';
  element.dataset.state = state;
  return element;
}

/**
 * A round and its day; the day first, for a title may be long.
 * @param {When & { title: string }} round
 */
export function roundWords({ title, dates }) {
  return say(`กำหนด ${day(dates.deadline)} · ${title}`, `due ${day(dates.deadline)} · ${title}`);
}
