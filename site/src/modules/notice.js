/** A line of good or bad news on top of the page, on this page or on the next. */

import { lineDown } from './api.js';
import { byId, make } from './dom.js';
import { say } from './lang.js';

const KEY = 'palad.notice';

/**
 * @param {string} text
 * @param {'done' | 'warning' | ''} [kind]
 * @param {...Node} more
 */
export function notice(text, kind = '', ...more) {
  const box = make('div', make('span', text), ...more);
  box.className = `notice ${kind}`.trim();
  byId('status').replaceChildren(box);
  return box;
}

export function quiet() {
  byId('status').replaceChildren();
}

/**
 * Goes to another page and says it there.
 * @param {string} address
 * @param {string} text
 */
export function leave(address, text) {
  sessionStorage.setItem(KEY, text);
  location.assign(address);
}

/** Says what the page before left to be said. */
export function arrive() {
  const text = sessionStorage.getItem(KEY);
  if (!text) return;
  sessionStorage.removeItem(KEY);
  notice(text, 'done');
}

/**
 * A module that is fetched when it is needed; none, and that is said, where the line is down.
 * @template T
 * @param {Promise<T>} module
 * @returns {Promise<T | null>}
 */
export async function fetched(module) {
  const found = await module.catch(() => null);
  if (!found) failed(lineDown());
  return found;
}

/**
 * When what a page needs could not be fetched: says why, and offers to try again.
 * @param {import('./types').Problem} problem
 */
export function failed(problem) {
  const retry = make('button', say('ลองอีกครั้ง', 'Try again'));
  retry.type = 'button';
  retry.className = 'secondary small';
  retry.addEventListener('click', () => location.reload());
  notice([problem.title, problem.detail].filter(Boolean).join(' – '), 'warning', retry);
}
