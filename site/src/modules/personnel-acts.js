/** What is done on the personnel screen: confirming, deleting, undoing, looking further back. */

import { call, get } from './api.js';
import { byId, find, make } from './dom.js';
import { due } from './due.js';
import { at, mixed, say } from './lang.js';
import { notice, quiet } from './notice.js';
import { titleOf } from './post.js';

/** @typedef {import('./types').Problem} Problem */

/**
 * The screen, as it stands.
 * @typedef {object} Screen
 * @property {string} agency its code
 * @property {string} clerks the path of its records
 * @property {() => Promise<void>} load shows what stands now
 * @property {(page: import('./types').Personnel) => void} append shows a further page of what was changed
 * @property {(problem: Problem) => void} refused
 * @property {(id: string, words: string) => HTMLElement} restoreButton
 */

/**
 * ยังถูกต้อง: one button, and a receipt.
 * @param {Screen} screen
 * @param {string} shown the ETag of what was shown when it was pressed
 */
export async function confirm(screen, shown) {
  quiet();
  byId('undo').replaceChildren();
  /** @type {import('./types').Answer<import('./types').Receipt>} */
  const answer = await call('POST', screen.clerks.replace(/clerks$/, 'confirmation'), { body: {}, headers: { 'if-match': shown } });
  if (!answer.ok) {
    return refused(screen, answer.problem, say(
      'มีผู้แก้ไขข้อมูลนี้ก่อนท่าน จึงยังไม่ได้ยืนยัน ด้านล่างคือข้อมูลล่าสุด โปรดตรวจอีกครั้ง',
      'Somebody changed this record before you, so it was not confirmed. Below is what stands now: please look again.',
    ));
  }
  const { number } = answer.body;
  const receipt = make('a', say('ดูและพิมพ์ใบรับ', 'See and print the receipt'));
  receipt.href = `${at('/receipt')}#${number}`;
  await Promise.all([screen.load(), due(screen.agency)]);
  notice(say(`ยืนยันแล้ว ใบรับเลขที่ ${number}`, `Confirmed. Receipt number ${number}`), 'done', receipt).scrollIntoView({ block: 'nearest' });
  receipt.focus();
}

/**
 * @param {Screen} screen
 * @param {import('./types').ClerkRecord} record
 * @param {string} shown the ETag of what was shown when it was pressed
 */
export async function remove(screen, record, shown) {
  quiet();
  const answer = await call('DELETE', `${screen.clerks}/${encodeURIComponent(record.id)}`, { headers: { 'if-match': shown } });
  if (!answer.ok) {
    return refused(screen, answer.problem, say(
      'มีผู้แก้ไขข้อมูลนี้ก่อนท่าน จึงยังไม่ได้ลบ ด้านล่างคือข้อมูลล่าสุด',
      'Somebody changed this record before you, so it was not deleted. Below is what stands now.',
    ));
  }
  await screen.load();
  const undo = screen.restoreButton(record.id, say('เลิกทำ', 'Undo'));
  const box = byId('undo');
  box.className = 'notice done';
  box.replaceChildren(...mixed(say(`ลบข้อมูล "${titleOf(record.post)}" แล้ว`, `"${titleOf(record.post)}" was deleted.`)), undo);
  undo.focus();
}

/**
 * @param {Screen} screen
 * @param {string} id of the record that was deleted
 */
export async function restore(screen, id) {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const answer = await call('POST', `${screen.clerks}/${encodeURIComponent(id)}/restoration`, { body: {}, headers });
  if (!answer.ok) return screen.refused(answer.problem);
  byId('undo').replaceChildren();
  await screen.load();
  notice(say('นำข้อมูลกลับมาแล้ว', 'The record is back.'), 'done');
  find(byId('current'), '[data-part="view"]', HTMLElement).focus();
}

/**
 * @param {Screen} screen
 * @param {string} cursor where what is shown ends
 */
export async function older(screen, cursor) {
  /** @type {import('./types').Answer<import('./types').Personnel>} */
  const answer = await get(`${screen.clerks}?cursor=${encodeURIComponent(cursor)}`);
  if (!answer.ok) return screen.refused(answer.problem);
  screen.append(answer.body);
}

/**
 * @param {Screen} screen
 * @param {Problem} problem
 * @param {string} stale what is said where the record is no longer what was shown
 */
async function refused(screen, problem, stale) {
  if (problem.status !== 412) return screen.refused(problem);
  await screen.load();
  notice(stale, 'warning');
}
