/** The form of the record: add or edit, with a draft on the device, and nothing lost when something comes between. */

import { requireSession } from './admission.js';
import { call, get } from './api.js';
import { moment } from './days.js';
import { arrived, byId, fill, find, make, show } from './dom.js';
import { dropDraft, keepDraft, readDraft } from './draft.js';
import { putDay } from './fields.js';
import { connect } from './form.js';
import { idempotencyKeys } from './idempotency.js';
import { at, say, signInAddress } from './lang.js';
import { failed, leave, notice, quiet } from './notice.js';
import { personOf, stateWords, titleOf } from './post.js';
import { asField, asRequest, putPost, putValues, values } from './record-fields.js';
import { recordPhoto } from './record-photo.js';
import { forget } from './session.js';
import { plainName } from './thai.js';

/** @typedef {import('./types').ClerkRecord} ClerkRecord */
/** @typedef {import('./types').Agency} Agency */

const form = find(document, '#record', HTMLFormElement);
const keyFor = idempotencyKeys();
/** @type {ClerkRecord | null} what the form was filled from */
let before = null;
let etag = '';
let draft = '';
/** @type {Agency | undefined} */
let agency;
/** Whether what belonged to the one before was taken out of the form. */
let renewed = false;
/** @type {import('./record-photo.js').RecordPhoto | null} the photo, where photos are taken */
let photo = null;

const session = await requireSession();
if (session) {
  agency = session.agency;
  find(document, '.lead[data-part="agency"]', HTMLElement).textContent = agency.full_name;
  const found = await latest();
  photo = await recordPhoto(form, agency.code);
  if (found) begin();
}

/** Fetches the record as it stands. */
async function latest() {
  /** @type {import('./types').Answer<import('./types').Personnel>} */
  const answer = await get(clerks());
  if (!answer.ok) {
    failed(answer.problem);
    return false;
  }
  before = answer.body.current;
  etag = answer.etag ?? '';
  return true;
}

function clerks() {
  return `/agencies/${encodeURIComponent(agency?.code ?? '')}/clerks`;
}

function begin() {
  const heading = before ? say('แก้ไขข้อมูลปลัด', 'Change the clerk\'s record') : say('เพิ่มปลัด', 'Add the clerk');
  find(document, 'h1', HTMLElement).textContent = heading;
  draft = `${agency?.code}.${before?.id ?? 'new'}`;
  asRecorded();
  const kept = readDraft(draft);
  if (kept) putValues(form, kept);
  renewed = another();
  show(byId('draft'), Boolean(kept));
  refresh();
  arrived();
  form.removeAttribute('data-awaits');
}

/** Fills the form with what is recorded, or with what is likely. */
function asRecorded() {
  if (before) putPost(form, before.post);
  else putValues(form, {});
  photo?.show(before?.photo);
  renewed = false;
  if (before && personOf(before.post)) return;
  put('affiliation', agency?.full_name ?? '');
}

/** Of the usual positions, the one of a clerk of this kind of agency: ปลัด before what its name begins with. */
function likelyPosition() {
  const usual = [...find(form, '#position-list', HTMLDataListElement).options].map((each) => each.value);
  return usual.find((each) => agency?.full_name.startsWith(each.slice('ปลัด'.length))) ?? '';
}

/**
 * @param {string} id
 * @param {string} text
 */
function put(id, text) {
  find(form, `[id="${id}"]`, HTMLInputElement).value = text;
}

/**
 * The field with this id.
 * @param {string} id
 */
function value(id) {
  return values(form)[id] ?? '';
}

/** Whether another name, or another state, stands where a person was recorded. */
function differs() {
  const person = before && personOf(before.post);
  if (!before || !person) return false;
  const same = person.first_name === value('first_name').trim() && person.last_name === value('last_name').trim();
  return value('state') !== before.post.state || !same;
}

/** Whether the form is about another person, or another stretch of time, than what is recorded. */
function another() {
  if (!before) return false;
  if (personOf(before.post)) return differs() && value('change') === 'person';
  return value('state') !== before.post.state;
}

/** Shows what the answers so far call for, and hides the rest. */
function refresh() {
  const state = value('state');
  const named = state === 'held' || state === 'acting';
  show(byId('person'), named);
  for (const heading of form.querySelectorAll('[data-heading]')) show(heading, heading.getAttribute('data-heading') === state);
  if (!before && value('position') === (state === 'held' ? '' : likelyPosition())) put('position', state === 'held' ? likelyPosition() : '');
  const asks = differs();
  show(byId('changed'), asks);
  if (asks && state === 'vacant' && !value('change')) /** @type {HTMLInputElement} */ (byId('change')).checked = true;
  const replaced = asks && value('change') === 'person';
  show(byId('replaces'), replaced);
  renew();
  show(byId('why'), (state === 'acting' || state === 'vacant') && !replaced);
  show(byId('time'), state !== '');
  const person = before && personOf(before.post);
  find(form, '#replaces [data-part="before"]', HTMLElement).textContent = person ? plainName(person) : '';
}

/**
 * The day since when, and the mobile number, belong to the person before: they leave with that person, and
 * come back when it was only a mistake.
 */
function renew() {
  if (another() === renewed || !before) return;
  renewed = !renewed;
  const since = find(form, '[data-date="/post/since"]', HTMLElement);
  putDay(since, renewed ? undefined : before.post.since);
  const mobile = personOf(before.post)?.mobile ?? '';
  if (value('mobile') === (renewed ? mobile : '')) put('mobile', renewed ? '' : mobile);
  photo?.belongs(!renewed, before.photo);
}

form.addEventListener('input', () => {
  refresh();
  keepDraft(draft, values(form));
});
find(form, '#draft button', HTMLButtonElement).addEventListener('click', startAfresh);
find(form, '[data-part="theirs"]', HTMLButtonElement).addEventListener('click', startAfresh);

function startAfresh() {
  dropDraft(draft);
  asRecorded();
  refresh();
  show(byId('draft'), false);
  show(byId('conflict'), false);
  byId('state').focus();
}

connect(form, {
  translate: asField,
  check: () => (byId('changed').hidden || value('change') ? [] : [{
    pointer: '/change',
    detail: 'เลือกว่าเปลี่ยนคน หรือแก้คำผิด',
    detail_en: 'Choose: another person, or a mistake in the record',
  }]),
  before: () => photo?.named(),
  send: (body) => {
    quiet();
    show(byId('saving'));
    show(byId('line-down'), false);
    const request = asRequest(body);
    const key = keyFor([request, before?.id]);
    const answer = before
      ? call('PUT', `${clerks()}/${encodeURIComponent(before.id)}`, { body: request, headers: { 'if-match': etag, 'idempotency-key': key } })
      : call('POST', clerks(), { body: request, headers: { 'idempotency-key': key } });
    return answer.finally(() => show(byId('saving'), false));
  },
  done: async (saved) => {
    dropDraft(draft);
    // What is saved is what is edited from here on, should the photo hold one up.
    [before, etag] = [saved.body, saved.etag ?? ''];
    if (photo && !(await photo.sent(() => form.requestSubmit()))) return;
    leave(at('/office/personnel'), say('บันทึกข้อมูลปลัดเรียบร้อยแล้ว', 'The record is saved'));
  },
  refused: async (problem) => {
    if (problem.status === 401) return signedOut();
    if (problem.status === 412 || problem.slug === 'already-recorded') return conflict();
    if (problem.slug === 'line-down') {
      show(byId('line-down'));
      addEventListener('online', () => form.requestSubmit(), { once: true });
    }
    return false;
  },
});

/** The session ended: what was typed stays on the device, and on this page. */
function signedOut() {
  keepDraft(draft, values(form));
  forget();
  const link = make('a', say('เข้าสู่ระบบแล้วทำต่อ', 'Sign in and go on'));
  link.href = signInAddress();
  link.className = 'button primary';
  notice(say('หมดเวลาใช้งาน ที่กรอกไว้ยังอยู่ครบ', 'The session has ended. All you typed is kept.'), 'warning', link);
  byId('status').scrollIntoView({ block: 'center' });
  link.focus();
  return true;
}

/** Somebody saved first: shows what stands there now, keeps what was typed. */
async function conflict() {
  const typed = values(form);
  dropDraft(draft);
  if (!(await latest())) return true;
  draft = `${agency?.code}.${before?.id ?? 'new'}`;
  keepDraft(draft, typed);
  const panel = byId('conflict');
  fill(panel, {
    title: before ? titleOf(before.post) : say('ข้อมูลถูกลบไปแล้ว', 'The record was deleted'),
    note: before ? `${stateWords(before.post.state)} · ${moment(before.updated_at)}` : '',
  });
  show(panel);
  renewed = another();
  refresh();
  panel.focus();
  panel.scrollIntoView({ block: 'start' });
  return true;
}
