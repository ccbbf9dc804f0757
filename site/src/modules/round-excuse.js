/** An agency is excused from a round: chosen by its province, with the reason. */

import { agenciesOf } from './agencies.js';
import { TO_MEND } from './api.js';
import { question } from './dialog.js';
import { find } from './dom.js';
import { say } from './lang.js';
import { place } from './place.js';

/** @typedef {import('./types').Agency} Agency */
/** @typedef {{ agency: Agency, reason: string }} Exception */

/**
 * @param {{ has: (code: string) => boolean, add: (exception: Exception) => void }} exceptions those that there are
 * @returns {() => void} asks for one
 */
export function excusing(exceptions) {
  const ask = question('ask-excuse', {
    send: async (/** @type {null} */ _about, { agency = '', reason = '' }) => {
      const found = known.get(agency);
      const errors = [
        ...(found ? [] : [{ pointer: '/agency', detail: 'กรุณาเลือกหน่วยงาน', detail_en: 'Choose an agency.' }]),
        ...(found && exceptions.has(agency) ? [{ pointer: '/agency', detail: 'ยกเว้นหน่วยงานนี้ไว้แล้ว', detail_en: 'This agency is excused already.' }] : []),
        ...(reason.trim() ? [] : [{ pointer: '/reason', detail: 'กรุณากรอกเหตุผล', detail_en: 'Give the reason.' }]),
      ];
      if (!found || errors.length > 0) return { ok: false, problem: { slug: 'invalid', status: 422, title: TO_MEND, detail: '', errors } };
      return { ok: true, status: 200, body: { agency: found, reason: reason.trim() }, etag: null };
    },
    done: (_about, body) => exceptions.add(body),
  });
  /** The agencies of the province that was chosen, by their codes. @type {Map<string, Agency>} */
  const known = new Map();
  const excusedIn = find(document, '#ask-excuse #province', HTMLSelectElement);
  const excusedAgency = find(document, '#ask-excuse #agency', HTMLSelectElement);
  excusedIn.addEventListener('change', async () => {
    const code = excusedIn.value;
    excusedAgency.replaceChildren(new Option(code ? say('กำลังโหลด…', 'Loading…') : say('เลือกจังหวัดก่อน', 'Choose a province first'), ''));
    if (!code) return;
    const answer = await agenciesOf(code);
    if (excusedIn.value !== code) return;
    if (!answer.ok) return excusedAgency.replaceChildren(new Option(answer.problem.title, ''));
    known.clear();
    for (const agency of answer.body.items) known.set(agency.code, agency);
    excusedAgency.replaceChildren(new Option(say('เลือกหน่วยงาน', 'Choose an agency'), ''), ...answer.body.items.map((agency) => new Option(`${agency.full_name} ${place(agency)}`, agency.code)));
  });
  return () => {
    excusedAgency.replaceChildren(new Option(say('เลือกจังหวัดก่อน', 'Choose a province first'), ''));
    ask(null);
  };
}
