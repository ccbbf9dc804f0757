/** The personnel screen: the record and its buttons, what was deleted, who held the post, who changed what. */

import { requireSession } from './admission.js';
import { get } from './api.js';
import { day, moment } from './days.js';
import { arrived, byId, copy, fill, find, show } from './dom.js';
import { showPost } from './face.js';
import { say } from './lang.js';
import { failed, fetched } from './notice.js';
import { phoneLinks } from './phones.js';
import { missingWords, personOf, reasonWords, stateWords, titleOf } from './post.js';
import { row, rows } from './rows.js';
import { plainName } from './thai.js';

/** @typedef {import('./types').Personnel} Personnel */
/** @typedef {import('./types').ClerkRecord} ClerkRecord */
/** @typedef {import('./types').Photo} Photo */

const session = await requireSession();
const agency = session?.agency.code ?? '';
const clerks = `/agencies/${encodeURIComponent(agency)}/clerks`;
let etag = '';
/** @type {import('./personnel-acts').Screen} */
const screen = { agency, clerks, load, append, refused, restoreButton };
if (session) {
  find(document, '.where [data-part="agency"]', HTMLElement).textContent = session.agency.full_name;
  await load();
}

/**
 * A photo that was just sent is shown when it was checked, or why it cannot be.
 * @param {Photo} photo
 */
async function settle({ id }) {
  const upload = await import('./photo-upload.js').catch(() => null);
  if (upload && (await upload.settled(agency, id)).state !== 'processing') await load();
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

/** Who is signed out is told so, and led to sign in, by the page as it begins. @param {import('./types').Problem} problem */
function refused(problem) {
  if (problem.status === 401) location.reload();
  else failed(problem);
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
  const person = personOf(post);
  const phones = document.createDocumentFragment();
  for (const link of phoneLinks(person?.phone ?? '')) phones.append(link, ' ');
  fill(root, {
    missing: missingWords(record),
    phone: person?.phone ? phones : '',
    since: day(post.since),
    updated: moment(record.updated_at),
    confirmed: moment(record.confirmed_at),
  });
  const edit = find(root, '[data-part="edit"]', HTMLAnchorElement);
  edit.href += `?id=${encodeURIComponent(record.id)}`;
  // What is shown on this card, whatever is shown by the time that it is done.
  const shown = etag;
  onPress(find(root, '[data-part="delete"]', HTMLElement), (acts) => acts.remove(screen, record, shown));
  onPress(find(root, '[data-act="still"]', HTMLElement), (acts) => acts.confirm(screen, shown));
  return root;
}

/**
 * What is done with a record is fetched when it is first done. Until it is done, another press does nothing.
 * @param {HTMLElement} button
 * @param {(acts: typeof import('./personnel-acts')) => Promise<unknown>} done
 */
function onPress(button, done) {
  button.onclick = async () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    const acts = await fetched(import('./personnel-acts.js'));
    if (acts) await done(acts);
    button.ariaBusy = 'false';
  };
}

/**
 * @param {string} id
 * @param {string} words
 */
function restoreButton(id, words) {
  const button = copy('restore');
  fill(button, { words });
  onPress(button, (acts) => acts.restore(screen, id));
  return button;
}

/** @param {string | null} next */
function more(next) {
  const button = byId('more');
  show(button, Boolean(next));
  onPress(button, (acts) => acts.older(screen, next ?? ''));
}

/** @param {Personnel} page what was changed before what is shown */
function append({ history, next }) {
  find(byId('history'), '.rows', HTMLElement).append(...history.map(change));
  more(next);
}
