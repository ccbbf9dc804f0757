/** The letter and the manual of a round as PDF files: shown to everybody, attached and removed by the centre. */

import { call, post } from './api.js';
import { question } from './dialog.js';
import { byId, find, make, show } from './dom.js';
import { connect } from './form.js';
import { say } from './lang.js';
import { leave } from './notice.js';
import { put } from './photo-upload.js';
import { round, to } from './round-words.js';
import { row, rows } from './rows.js';
import { staffEnded } from './staff.js';

/** @typedef {import('./rounds').Attachment} Attachment */
/** @typedef {import('./types').Problem} Problem */

const LONGEST = 10 * 1024 * 1024;
/** How long to wait before the same is said again, in milliseconds. */
const PAUSES = [0, 500, 1000, 2000, 4000];

/**
 * @param {import('./rounds').Round} whole
 * @param {boolean} central
 */
export function roundFiles(whole, central) {
  const files = whole.attachments ?? [];
  // The round has another version then, which the page must know before anything else is done.
  const again = (/** @type {string} */ words) => leave(to('/staff/round'), words);
  const remove = question('ask-remove-file', {
    send: (/** @type {Attachment} */ { id }) => takeAway(id),
    done: ({ name }) => again(say(`ลบไฟล์ ${name} แล้ว`, `${name} is removed.`)),
    refused: staffEnded,
  });

  const changes = central && (whole.state !== 'closed' || whole.history);
  rows('files', files.map((file) => {
    const link = make('a', say('เปิดไฟล์', 'Open'));
    link.href = file.url;
    link.setAttribute('aria-label', say(`เปิดไฟล์ ${file.name}`, `Open ${file.name}`));
    const button = make('button', say('ลบ', 'Remove'));
    button.type = 'button';
    button.className = 'secondary small';
    button.setAttribute('aria-label', say(`ลบ ${file.name}`, `Remove ${file.name}`));
    button.addEventListener('click', () => remove(file, { name: file.name }));
    return row(file.name, sizeWords(file.length), link, changes ? button : null);
  }));
  show(byId('files'), files.length > 0 || changes);
  if (!changes) return show(byId('attach'), false);

  const form = find(document, '#attach', HTMLFormElement);
  const input = find(form, '#file', HTMLInputElement);
  const sending = find(form, '[data-part="sending"]', HTMLElement);
  input.addEventListener('change', () => form.requestSubmit());
  connect(form, {
    check: () => {
      const errors = wrong(input.files?.[0]);
      if (errors.length > 0) input.value = '';
      return errors;
    },
    send: async () => {
      const file = /** @type {File} */ (input.files?.[0]);
      const answer = await send(file, (part) => {
        sending.textContent = say(`กำลังส่งไฟล์ ${Math.round(part * 100)}%`, `Sending, ${Math.round(part * 100)}%`);
      });
      sending.textContent = '';
      // The same file can be chosen once more after it was mended.
      input.value = '';
      return answer;
    },
    done: ({ body }) => again(say(`แนบไฟล์ ${body.name} แล้ว`, `${body.name} is attached.`)),
    refused: staffEnded,
    translate: () => '/file',
  });
}

/**
 * What the browser can know before anything is sent.
 * @param {File | undefined} file
 * @returns {import('./types').FieldProblem[]}
 */
function wrong(file) {
  const at = (/** @type {string} */ detail, /** @type {string} */ detail_en) => [{ pointer: '/file', detail, detail_en }];
  if (!file) return at('กรุณาเลือกไฟล์ PDF', 'Choose a PDF.');
  if (file.size > LONGEST) return at(`ไฟล์นี้ใหญ่ ${sizeWords(file.size)} แนบได้ไม่เกิน 10 MB`, `This file has ${sizeWords(file.size)}; 10 MB are the most.`);
  if (file.type !== 'application/pdf') return at('แนบได้เฉพาะไฟล์ PDF ให้บันทึกเอกสารเป็น PDF ก่อน', 'Only a PDF can be attached. Save the document as PDF first.');
  return [];
}

/**
 * A permission for exactly this file, the bytes straight to the bucket, and the word that they are there.
 * @param {File} file
 * @param {(part: number) => void} progress
 * @returns {Promise<import('./types').Answer<Attachment>>}
 */
async function send(file, progress) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const sha256 = btoa(String.fromCharCode(...digest));
  /** @type {import('./types').Answer<import('./rounds').Upload>} */
  const leave = await post(`${round}/attachments`, { name: file.name, length: file.size, sha256 });
  if (!leave.ok) return leave;
  const status = await put(leave.body.upload, file, progress);
  if (status < 200 || status > 299) return { ok: false, problem: dropped(status) };
  const completion = `${round}/attachments/${encodeURIComponent(leave.body.id)}/completion`;
  return insist(() => post(completion, {}), (problem) => problem.status === 409 || isBroken(problem));
}

/**
 * Out of the round, and out of the bucket. Where the answer to an earlier time was lost it may be gone already.
 * @param {string} id
 * @returns {Promise<import('./types').Answer<null>>}
 */
async function takeAway(id) {
  let times = 0;
  const answer = await insist(() => {
    times += 1;
    return call('DELETE', `${round}/attachments/${encodeURIComponent(id)}`);
  }, isBroken);
  const isGone = times > 1 && !answer.ok && answer.problem.status === 404;
  return isGone ? { ok: true, status: 204, body: null, etag: null } : answer;
}

/**
 * Says the same again while it may yet succeed: what was broken off half way is made good by that.
 * @template T
 * @param {() => Promise<import('./types').Answer<T>>} ask
 * @param {(problem: Problem) => boolean} mayYet
 * @returns {Promise<import('./types').Answer<T>>}
 */
async function insist(ask, mayYet) {
  let answer = await ask();
  for (const pause of PAUSES) {
    if (answer.ok || !mayYet(answer.problem)) break;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    answer = await ask();
  }
  return answer;
}

/** Whether nobody can tell what became of it. @param {Problem} problem */
function isBroken({ status }) {
  return status === 0 || status >= 500;
}

/** @param {number} status @returns {Problem} */
function dropped(status) {
  return {
    slug: 'upload', status, title: say('ส่งไฟล์ไม่สำเร็จ', 'The file did not arrive'),
    detail: say('โปรดตรวจการเชื่อมต่อแล้วกดแนบไฟล์อีกครั้ง', 'Please check the connection and attach it again.'), errors: [],
  };
}

/** @param {number} length in bytes */
function sizeWords(length) {
  return length < 1_000_000 ? `${Math.max(1, Math.round(length / 1000))} KB` : `${(length / 1_000_000).toFixed(1)} MB`;
}
