/** ใครแก้อะไรเมื่อไร, or in an office ใครทำอะไรเมื่อไร: who did what and when, the newest first, page by page. */

import { get } from './api.js';
import { moment } from './days.js';
import { byId, find, show } from './dom.js';
import { say } from './lang.js';
import { failed } from './notice.js';
import { row, rows } from './rows.js';

/** @typedef {import('./types').AuditLine} AuditLine */
/** @typedef {import('./types').Problem} Problem */

/** @type {Record<string, () => string>} */
const OFFICES = {
  agency: () => say('หน่วยงาน', 'the agency'),
  district: () => say('เจ้าหน้าที่อำเภอ', 'the district office'),
  province: () => say('เจ้าหน้าที่จังหวัด', 'the province office'),
  central: () => say('สำนักงาน ก.ถ.', 'the central office'),
};

/**
 * @param {string} code of the agency
 * @param {(problem: Problem) => boolean} ended whether it dealt with a problem itself
 */
export async function showAudit(code, ended) {
  await showLines(`/agencies/${encodeURIComponent(code)}/audit`, {}, ended);
}

/**
 * What was done to the staff of an office.
 * @param {string} province its code, or nothing for one's own office
 * @param {(problem: Problem) => boolean} ended whether it dealt with a problem itself
 */
export async function showStaffAudit(province, ended) {
  await showLines('/staff/audit', province ? { province } : {}, ended);
}

/**
 * @param {string} path
 * @param {Record<string, string>} about what else is asked
 * @param {(problem: Problem) => boolean} ended
 */
async function showLines(path, about, ended) {
  const more = /** @type {HTMLButtonElement} */ (byId('more'));
  const list = find(byId('audit'), '.rows', HTMLElement);

  const load = async (/** @type {string} */ cursor) => {
    /** @type {import('./types').Answer<import('./types').Page<AuditLine>>} */
    const answer = await get(`${path}?${new URLSearchParams(cursor ? { ...about, cursor } : about)}`);
    if (!answer.ok) return void (ended(answer.problem) || failed(answer.problem));
    const { items, next } = answer.body;
    const lines = items.map(line);
    if (cursor) list.append(...lines);
    else rows('audit', lines);
    show(more, Boolean(next));
    more.onclick = () => load(next ?? '');
    if (!cursor) return;
    lines[0]?.setAttribute('tabindex', '-1');
    lines[0]?.focus();
  };

  await load('');
}

/** @param {AuditLine} line */
function line({ at, who, what, about }) {
  const office = OFFICES[who.office ?? '']?.() ?? say('ผู้ที่มีลิงก์หรือรหัส', 'whoever had the link or the code');
  const by = who.hint ? `${office} (${who.hint})` : office;
  const done = say(what.th, what.en);
  return row(about ? `${done}: ${about}` : done, say(`โดย${by} เมื่อ ${moment(at)}`, `by ${by}, ${moment(at)}`));
}
