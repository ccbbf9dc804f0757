/** The personnel screen: the record and its three buttons, undo, what was deleted, who held the post, who changed what. */

import { call, get, idempotencyKeys } from './api.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { due } from './due.js';
import { showPost } from './face.js';
import { at, mixed, say } from './lang.js';
import { failed, notice, quiet } from './notice.js';
import { phoneLinks } from './phones.js';
import { missingWords, personOf, reasonWords, stateWords, titleOf } from './post.js';
import { row, rows } from './rows.js';
import { forget, requireSession } from './session.js';
import { day, moment, plainName } from './thai.js';

/** @typedef {import('./types').Personnel} Personnel */
/** @typedef {import('./types').ClerkRecord} ClerkRecord */
/** @typedef {import('./types').Photo} Photo */

const session = await requireSession();
const clerks = `/agencies/${encodeURIComponent(session?.agency.code ?? '')}/clerks`;
const keyFor = idempotencyKeys();
let etag = '';
if (session) {
  find(document, '.where [data-part="agency"]', HTMLElement).textContent = session.agency.full_name;
  await load();
}

/**
 * A photo that was just sent is shown when it was checked, or why it cannot be.
 * @param {Photo} photo
 */
async function settle(photo) {
  const { settled } = await import('./photo-upload.js');
  const { state } = await settled(session?.agency.code ?? '', photo.id);
  if (state !== 'processing') await load();
}

async function load() {
  /** @type {import('./types').Answer<Personnel>} */
  const answer = await get(clerks);
  if (!answer.ok) return refused(answer.problem);
  const { current, deleted, tenures, history, next } = answer.body;
  etag = answer.etag ?? '';
  arrived();
  show(byId('nobody'), !current);
  byId('current').replaceChildren(...(current ? [card(current)] : []));
  rows('deleted', deleted.map((each) => row(
    titleOf(each.post),
    say(`${stateWords(each.post.state)} ลบเมื่อ ${moment(each.deleted_at)}`, `${stateWords(each.post.state)}, deleted ${moment(each.deleted_at)}`),
    current ? null : restoreButton(each.id, say('นำกลับมา', 'Bring back')),
  )));
  rows('tenures', tenures.map((each) => row(
    plainName(each.person) + (each.acting ? say(' (รักษาราชการแทน)', ' (acting)') : ''),
    [
      each.from ? say(`${day(each.from)} ถึง ${day(each.until)}`, `${day(each.from)} to ${day(each.until)}`) : say(`ถึง ${day(each.until)}`, `until ${day(each.until)}`),
      reasonWords(each.reason),
    ].filter(Boolean).join(' · '),
  )));
  rows('history', history.map(change));
  more(next);
  show(byId('personnel'));
  if (current?.photo?.state === 'processing') settle(current.photo);
}

/** @param {import('./types').Problem} problem */
function refused(problem) {
  if (problem.status === 401) {
    forget();
    location.reload();
  } else failed(problem);
}

/** @param {import('./types').Version} version */
function change(version) {
  const what = {
    created: say('บันทึกใหม่', 'Recorded'),
    edited: say('แก้ไข', 'Changed'),
    deleted: say('ลบ', 'Deleted'),
    restored: say('นำกลับมา', 'Brought back'),
  }[version.action];
  const who = {
    agency: say('หน่วยงาน', 'the agency'),
    central: say('สำนักงาน ก.ถ.', 'the central office'),
    province: say('สำนักงานจังหวัด', 'the province office'),
  }[version.by];
  const title = version.post ? `${what}: ${titleOf(version.post)}` : what;
  return row(title, say(`โดย${who} เมื่อ ${moment(version.at)}`, `by ${who}, ${moment(version.at)}`));
}

/** @param {ClerkRecord} record */
function card(record) {
  const { post } = record;
  const root = copy('record');
  showPost(root, post.state, personOf(post), record.photo?.small ?? '');
  fill(root, { missing: missingWords(record), since: day(post.since), updated: moment(record.updated_at), confirmed: moment(record.confirmed_at) });
  const person = personOf(post);
  const phones = document.createDocumentFragment();
  for (const link of phoneLinks(person?.phone ?? '')) phones.append(link, ' ');
  fill(root, { phone: person?.phone ? phones : '' });
  const edit = find(root, '[data-part="edit"]', HTMLAnchorElement);
  edit.href += `?id=${encodeURIComponent(record.id)}`;
  const bin = find(root, '[data-part="delete"]', HTMLButtonElement);
  bin.addEventListener('click', () => remove(record, bin));
  const still = find(root, '[data-act="still"]', HTMLButtonElement);
  still.addEventListener('click', () => confirm(still));
  return root;
}

/**
 * ยังถูกต้อง: one button, and a receipt.
 * @param {HTMLButtonElement} button
 */
async function confirm(button) {
  if (button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  quiet();
  byId('undo').replaceChildren();
  /** @type {import('./types').Answer<import('./types').Receipt>} */
  const answer = await call('POST', clerks.replace(/clerks$/, 'confirmation'), { body: {}, headers: { 'if-match': etag } });
  button.ariaBusy = 'false';
  if (!answer.ok && answer.problem.status === 412) {
    await load();
    return void notice(say(
      'มีผู้แก้ไขข้อมูลนี้ก่อนท่าน จึงยังไม่ได้ยืนยัน ด้านล่างคือข้อมูลล่าสุด โปรดตรวจอีกครั้ง',
      'Somebody changed this record before you, so it was not confirmed. Below is what stands now: please look again.',
    ), 'warning');
  }
  if (!answer.ok) return refused(answer.problem);
  const { number } = answer.body;
  const receipt = make('a', say('ดูและพิมพ์ใบรับ', 'See and print the receipt'));
  receipt.href = `${at('/receipt')}#${number}`;
  await Promise.all([load(), due(session?.agency.code ?? '')]);
  notice(say(`ยืนยันแล้ว ใบรับเลขที่ ${number}`, `Confirmed. Receipt number ${number}`), 'done', receipt).scrollIntoView({ block: 'nearest' });
  receipt.focus();
}

/**
 * @param {ClerkRecord} record
 * @param {HTMLButtonElement} button
 */
async function remove(record, button) {
  if (button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  quiet();
  const answer = await call('DELETE', `${clerks}/${encodeURIComponent(record.id)}`, { headers: { 'if-match': etag } });
  button.ariaBusy = 'false';
  if (!answer.ok && answer.problem.status === 412) {
    await load();
    return void notice(say(
      'มีผู้แก้ไขข้อมูลนี้ก่อนท่าน จึงยังไม่ได้ลบ ด้านล่างคือข้อมูลล่าสุด',
      'Somebody changed this record before you, so it was not deleted. Below is what stands now.',
    ), 'warning');
  }
  if (!answer.ok) return refused(answer.problem);
  await load();
  const undo = restoreButton(record.id, say('เลิกทำ', 'Undo'));
  const box = byId('undo');
  box.className = 'notice done';
  box.replaceChildren(...mixed(say(`ลบข้อมูล "${titleOf(record.post)}" แล้ว`, `"${titleOf(record.post)}" was deleted.`)), undo);
  undo.focus();
}

/**
 * @param {string} id
 * @param {string} words
 */
function restoreButton(id, words) {
  const button = copy('restore');
  fill(button, { words });
  button.addEventListener('click', async () => {
    const answer = await call('POST', `${clerks}/${encodeURIComponent(id)}/restoration`, { body: {}, headers: { 'idempotency-key': keyFor({ id, at: Date.now() }) } });
    if (!answer.ok) return refused(answer.problem);
    byId('undo').replaceChildren();
    await load();
    notice(say('นำข้อมูลกลับมาแล้ว', 'The record is back.'), 'done');
    find(byId('current'), '[data-part="view"]', HTMLElement).focus();
  });
  return button;
}

/** @param {string | null} next */
function more(next) {
  const button = /** @type {HTMLButtonElement} */ (byId('more'));
  show(button, Boolean(next));
  button.onclick = async () => {
    /** @type {import('./types').Answer<Personnel>} */
    const answer = await get(`${clerks}?cursor=${encodeURIComponent(next ?? '')}`);
    if (!answer.ok) return refused(answer.problem);
    const list = find(byId('history'), '.rows', HTMLElement);
    list.append(...answer.body.history.map(change));
    more(answer.body.next);
  };
}
