/** A list as a CSV file: made where the data is, and fetched by a link that works for a quarter of an hour. */

import { post } from './api.js';
import { make } from './dom.js';
import { say } from './lang.js';
import { failed, notice } from './notice.js';
import { staffEnded } from './staff.js';

/**
 * Takes over a button that fetches a list.
 * @param {HTMLElement} button
 * @param {{ list: 'directory' | 'progress' | 'owing', round?: string, province?: string | null, district?: string | null }} what
 */
export function exportButton(button, what) {
  button.onclick = async () => {
    if (button.getAttribute('aria-busy')) return;
    button.setAttribute('aria-busy', 'true');
    notice(say('กำลังเตรียมไฟล์…', 'The file is being made…'));
    const body = Object.fromEntries(Object.entries(what).filter(([, value]) => value));
    /** @type {import('./types').Answer<import('./rounds').Exported>} */
    const answer = await post('/exports', body);
    button.removeAttribute('aria-busy');
    if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
    const { url, name, rows } = answer.body;
    const link = make('a', name);
    link.href = url;
    link.download = name;
    notice(say(`ไฟล์พร้อมแล้ว ${rows.toLocaleString('en-GB')} แถว:`, `The file is ready, ${rows.toLocaleString('en-GB')} rows:`), 'done', link);
    link.click();
  };
}
