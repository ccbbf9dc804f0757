/**
 * The deadlines of the agency that is signed in, on every page: how many days are left, or what was answered. What was
 * last known is shown at once, and what is true when it is here, so that nothing jumps.
 */

import { get } from './api.js';
import { day } from './days.js';
import { mark, roundWords, timeLeft } from './deadline.js';
import { byId, find, make } from './dom.js';
import { at, say } from './lang.js';

/** @typedef {import('./types').OwnRound} OwnRound */

/** What was last known, for `first.js` too. */
const KNOWN = 'palad.due';

/**
 * @param {string} agency its code
 * @returns {Promise<void>}
 */
export async function due(agency) {
  const known = remembered(agency);
  if (known) draw(known);
  /** @type {import('./types').Answer<{ items: OwnRound[] }>} */
  const answer = await get('/rounds');
  if (!answer.ok) {
    // Nobody is signed in any more; a line that is down leaves what is known.
    if (answer.problem.status === 401) draw([]);
    return;
  }
  const rounds = answer.body.items.filter(({ state, phase, own }) => state === 'open'
    && (phase === 'on_time' || phase === 'late')
    && (own?.asked === 'expected' || (own?.asked === 'excused' && own.answer)));
  // The nearest first, and what is answered last.
  rounds.sort((a, b) => Number(Boolean(a.own?.answer)) - Number(Boolean(b.own?.answer)) || a.days_left - b.days_left);
  localStorage.setItem(KNOWN, JSON.stringify({ agency, rounds }));
  draw(rounds);
}

/**
 * @param {string} agency
 * @returns {OwnRound[] | null}
 */
function remembered(agency) {
  try {
    const known = JSON.parse(localStorage.getItem(KNOWN) ?? 'null');
    return known?.agency === agency ? known.rounds : null;
  } catch {
    return null;
  }
}

/** @param {OwnRound[]} rounds */
function draw(rounds) {
  document.documentElement.classList.toggle('due', rounds.length > 0);
  find(byId('due'), 'ul', HTMLElement).replaceChildren(...rounds.map(line));
}

/** @param {OwnRound} round */
function line(round) {
  const answer = round.own?.answer;
  const item = make('li', answer ? mark(answered(answer), 'answered') : timeLeft(round), make('span', roundWords(round)));
  if (answer?.receipt) item.append(link(`${at('/receipt')}#${answer.receipt}`, say(`ใบรับ ${answer.receipt}`, `Receipt ${answer.receipt}`)));
  if (!answer) item.append(link(at('/office/personnel'), say('ตรวจและยืนยัน', 'Look and confirm')));
  return item;
}

/** @param {import('./types').RoundAnswer} answer */
function answered({ answered_at: when, late }) {
  return say(`ตอบแล้ว ${day(when)}`, `Answered ${day(when)}`) + (late ? say(' (หลังกำหนด)', ' (late)') : '');
}

/**
 * @param {string} address
 * @param {string} words
 */
function link(address, words) {
  return Object.assign(make('a', words), { href: address });
}
