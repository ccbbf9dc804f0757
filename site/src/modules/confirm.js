/**
 * The link of a reminder: the record as it stands, and its answers. Looking changes nothing; a button does. The token is
 * in the fragment, which no server sees, and leaves the address bar at once.
 */

import { post } from './api.js';
import { day, moment } from './days.js';
import { roundWords, timeLeft } from './deadline.js';
import { arrived, byId, fill, find, make, show } from './dom.js';
import { showEntry } from './entry.js';
import { at, say } from './lang.js';
import { failed, notice, quiet } from './notice.js';
import { showReceipt } from './receipt-card.js';
import { rememberAgency } from './session.js';

/** @typedef {import('./types').LinkView} LinkView */
/** @typedef {import('./types').Receipt} Receipt */
/** @typedef {import('./types').Problem} Problem */

/** The token stays with this window, so that loading the page again, or the other language, does not lose it. */
const LINK = 'palad.link';
const PARTS = ['ask', 'done', 'released', 'nothing', 'spent'];

const form = find(document, '#link', HTMLFormElement);
/** Of the mail, and of what is shown: what is answered is what was looked at. */
let mailed = sessionStorage.getItem(LINK) ?? '';
let shown = '';
/** @type {LinkView | null} */
let view = null;

/** @param {string} part */
function turn(part) {
  arrived();
  for (const id of PARTS) show(byId(id), id === part);
}

/** @param {string} part */
function end(part) {
  turn(part);
  find(byId(part), 'h2', HTMLElement).focus();
}

async function look() {
  if (!mailed) return turn('spent');
  quiet();
  /** @type {import('./types').Answer<LinkView>} */
  const answer = await post('/confirmations', { token: mailed, action: 'look' });
  if (!answer.ok) return void (spent(answer.problem) || failed(answer.problem));
  tell(answer.body);
}

/** @param {LinkView} body */
function tell(body) {
  view = body;
  const { entry, round, answer, changed, token } = body;
  if (!token) return turn('nothing');
  shown = token;
  const root = byId('ask');
  showEntry(byId('shown'), entry);
  show(byId('phones-row'), Boolean(entry.person?.phone));
  const deadline = make('span', timeLeft(round), ' ', make('span', roundWords(round)));
  fill(root, {
    deadline,
    level: entry.person?.level,
    affiliation: entry.person?.affiliation,
    updated: day(entry.updated_at),
    confirmed: moment(entry.confirmed_at),
    still: entry.state === 'vacant' ? say('ตำแหน่งยังว่างอยู่', 'the post is still vacant') : say('ไม่มีอะไรเปลี่ยน', 'nothing has changed'),
  });
  show(byId('changed'), changed);
  show(byId('answered'), Boolean(answer));
  if (answer) {
    fill(byId('answered'), { answered: say(
      `หน่วยงานของท่านตอบรอบนี้แล้วเมื่อ ${moment(answer.changed_at)} ไม่ต้องตอบอีก เว้นแต่ข้อมูลเปลี่ยนไป`,
      `Your agency answered on ${moment(answer.changed_at)}. There is nothing more to do unless something has changed.`,
    ) });
    const receipt = find(byId('answered'), '[data-part="receipt"]', HTMLAnchorElement);
    receipt.hash = answer.receipt ?? '';
    receipt.textContent = answer.receipt ? say(`ใบรับ ${answer.receipt}`, `Receipt ${answer.receipt}`) : '';
  }
  show(find(form, '[data-act="vacant"]', HTMLElement), entry.state !== 'vacant');
  find(byId('released'), '[data-part="take-over"]', HTMLAnchorElement).hash = entry.agency.code;
  turn('ask');
}

/** @param {Receipt} receipt */
function answered(receipt) {
  sessionStorage.removeItem(LINK);
  showReceipt(receipt);
  end('done');
}

/** The link shows no record any more: says why. @param {Problem} problem */
function spent({ status, slug, detail }) {
  if (status !== 404 && status !== 410) return false;
  sessionStorage.removeItem(LINK);
  const over = say('รอบนี้สิ้นสุดแล้ว', 'This round is over');
  const why = /** @type {Record<string, string>} */ ({
    'link-expired': over,
    'round-over': over,
    'link-given-up': say('ลิงก์นี้ใช้ไม่ได้แล้ว', 'This link no longer works'),
  })[slug] ?? say('ลิงก์ไม่สมบูรณ์', 'This link is not whole');
  fill(byId('spent'), { why, what: detail });
  end('spent');
  return true;
}

/**
 * Somebody was quicker, or the link has ended meanwhile: what stands now is shown, and asked about again. Where the line
 * is down, it is said.
 * @param {Problem} problem
 */
async function refused(problem) {
  if (![404, 410, 412].includes(problem.status)) {
    const box = notice([problem.title, problem.detail].join(' – '), 'warning');
    box.tabIndex = -1;
    return box.focus();
  }
  await look();
  const part = PARTS.find((id) => !byId(id).hidden) ?? 'ask';
  (part === 'ask' ? byId('changed') : find(byId(part), 'h2', HTMLElement)).focus();
}

/**
 * A form without fields: one call at a time. What is refused is said on top of the page.
 * @param {HTMLFormElement} asked
 * @param {'confirm' | 'vacant' | 'not_mine'} action
 * @param {(receipt: Receipt) => void} done
 */
function connect(asked, action, done) {
  asked.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (asked.ariaBusy === 'true') return;
    asked.ariaBusy = 'true';
    quiet();
    /** @type {import('./types').Answer<Receipt>} */
    const answer = await post('/confirmations', { token: shown, action });
    asked.ariaBusy = 'false';
    asked.closest('dialog')?.close();
    if (answer.ok) done(answer.body);
    else await refused(answer.problem);
  });
  find(asked, 'button[type="submit"]', HTMLButtonElement).disabled = false;
}

/**
 * An answer that is asked about before it is given.
 * @param {string} act
 * @param {'vacant' | 'not_mine'} action
 * @param {(receipt: Receipt) => void} done
 */
function question(act, action, done) {
  const dialog = find(document, `#ask-${act}`, HTMLDialogElement);
  connect(find(dialog, 'form', HTMLFormElement), action, done);
  find(dialog, '[data-part="cancel"]', HTMLButtonElement).addEventListener('click', () => dialog.close());
  find(form, `[data-act="${act}"]`, HTMLButtonElement).addEventListener('click', () => dialog.showModal());
}

connect(form, 'confirm', answered);
question('vacant', 'vacant', answered);
question('not-mine', 'not_mine', () => {
  sessionStorage.removeItem(LINK);
  end('released');
});
// Whoever signs in to change the record need not choose the agency again.
for (const way of document.querySelectorAll(`a[href^="${at('/office/personnel')}"]`)) {
  way.addEventListener('click', () => {
    if (view) rememberAgency(view.entry.agency);
  });
}

function take() {
  const found = location.hash.slice(1);
  if (!found || document.getElementById(found)) return false;
  mailed = found;
  sessionStorage.setItem(LINK, found);
  history.replaceState(null, '', location.pathname);
  return true;
}

addEventListener('hashchange', () => {
  if (take()) look();
});
take();
await look();
