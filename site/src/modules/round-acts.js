/** What the central office does with a round; which of it fits depends on how far the round is. */

import { call, post } from './api.js';
import { day } from './days.js';
import { question } from './dialog.js';
import { byId, find, show } from './dom.js';
import { putDay } from './fields.js';
import { at, say } from './lang.js';
import { leave } from './notice.js';
import { round, to } from './round-words.js';
import { staffEnded } from './staff.js';

/** @typedef {import('./rounds').Round} Round */

/**
 * @param {Round} whole
 * @param {string} etag
 */
export function roundActs(whole, etag) {
  const { state, history, stopped_at: stopped } = whole;
  const acts = byId('acts');
  const fits = {
    rehearse: state === 'draft' || state === 'opening',
    edit: state === 'draft' || state === 'open' || history,
    move: state === 'open',
    stop: state === 'open' && !stopped,
    resume: state === 'open' && Boolean(stopped),
    close: state === 'open',
    delete: state === 'draft' || history,
  };
  for (const [act, fit] of Object.entries(fits)) show(find(acts, `[data-act="${act}"]`, HTMLElement), fit);
  show(acts, Object.values(fits).some(Boolean));
  find(acts, '[data-act="rehearse"]', HTMLAnchorElement).href = to('/staff/round/rehearsal');
  find(acts, '[data-act="edit"]', HTMLAnchorElement).href = to('/staff/round/edit');
  const headers = { 'if-match': etag };
  const again = (/** @type {string} */ words) => () => leave(to('/staff/round'), words);

  asks('move', (body) => call('PUT', `${round}/deadline`, { body, headers }), again(say('เลื่อนกำหนดแล้ว', 'The deadline is moved.')), (form) => {
    for (const name of /** @type {const} */ (['deadline', 'closes'])) putDay(find(form, `[data-date="/${name}"]`, HTMLElement), whole.dates[name]);
  });
  asks('stop', () => post(`${round}/stop`, {}), again(say('หยุดการแจ้งเตือนของรอบนี้แล้ว', 'The reminders of this round are stopped.')));
  asks('resume', () => call('DELETE', `${round}/stop`), again(say('เริ่มส่งการแจ้งเตือนอีกครั้งแล้ว', 'Reminders go on as planned.')));
  asks('close', () => post(`${round}/closing`, {}), again(say('ปิดรอบแล้ว และบันทึกผลสรุปไว้', 'The round is closed and its final report is written.')));
  asks('delete', () => call('DELETE', round, { headers }), () => leave(at('/staff/rounds'), say(`ลบรอบ ${whole.title} แล้ว`, `${whole.title} is deleted.`)));

  /**
   * @param {string} act
   * @param {(body: any) => Promise<import('./types').Answer<unknown>>} send
   * @param {() => void} done
   * @param {(form: HTMLFormElement) => void} [begin]
   */
  function asks(act, send, done, begin) {
    const ask = question(`ask-${act}`, { send: (_about, body) => send(body), done, refused: staffEnded });
    find(acts, `[data-act="${act}"]`, HTMLElement).addEventListener('click', () => {
      const owing = find(document, '#counts-owing', HTMLElement).querySelector('[data-count="owing"] strong')?.textContent ?? '';
      ask(null, { title: whole.title, owing: owing && say(`ยังไม่ตอบ ${owing} แห่ง ครบกำหนด ${day(whole.dates.deadline)}`, `${owing} owe an answer; due ${day(whole.dates.deadline)}`) });
      begin?.(find(document, `#ask-${act} form`, HTMLFormElement));
    });
  }
}
