/** One agency as an officer sees it: `?code=`. Its record, its account, who changed what, and how to help. */

import { accountWords } from './account-words.js';
import { call, get, post } from './api.js';
import { showAudit } from './audit.js';
import { day, moment } from './days.js';
import { question } from './dialog.js';
import { arrived, byId, fill, find, show } from './dom.js';
import { showPost } from './face.js';
import { say } from './lang.js';
import { failed, notice } from './notice.js';
import { pagesOf } from './pages.js';
import { phoneLinks } from './phones.js';
import { place } from './place.js';
import { missingWords, personOf } from './post.js';
import { placeWords, provinceCode, requireStaff, staffEnded } from './staff.js';
import { fold } from './thai.js';

/** @typedef {import('./types').AccountRow} AccountRow */
/** @typedef {import('./types').Personnel} Personnel */

const root = byId('agency');
const code = fold(new URLSearchParams(location.search).get('code') ?? '');
const account = `/accounts/${encodeURIComponent(code)}`;
let province = '';

/**
 * A button that asks before it calls.
 * @param {string} act
 * @param {(body: any) => Promise<import('./types').Answer<null>>} send
 * @param {string} words what is said when it is done
 */
function button(act, send, words) {
  const ask = question(`ask-${act}`, {
    send: (_about, body) => send(body),
    done: async () => {
      await loadAccount();
      await showAudit(code, staffEnded);
      notice(words, 'done');
    },
    refused: staffEnded,
  });
  find(root, `[data-act="${act}"]`, HTMLButtonElement).addEventListener('click', () => {
    ask(null, { email: find(byId('account'), '[data-slot="email"]', HTMLElement).textContent ?? '' });
  });
}

button('reset', () => post(`${account}/reset`, {}), say('ส่งลิงก์ตั้งรหัสผ่านแล้ว', 'The reset link was sent.'));
button('suspend', (body) => post(`${account}/suspension`, body), say('ระงับบัญชีแล้ว', 'The account is suspended.'));
button('lift', () => call('DELETE', `${account}/suspension`), say('ยกเลิกการระงับแล้ว', 'The suspension is lifted.'));

const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  await load();
}

async function load() {
  /** @type {import('./types').Answer<Personnel>} */
  const answer = await get(`/agencies/${encodeURIComponent(code)}/clerks`);
  arrived();
  if (!answer.ok) {
    if (answer.problem.status === 404 || answer.problem.status === 422) return show(byId('unknown'));
    return void (staffEnded(answer.problem) || failed(answer.problem));
  }
  tell(answer.body);
  await loadAccount();
  show(root);
  await showAudit(code, staffEnded);
}

/** @param {Personnel} personnel */
function tell({ agency, current }) {
  const person = current ? personOf(current.post) : null;
  province = provinceCode(agency.province);
  fill(root, { name: agency.full_name, where: place(agency) });
  document.title = `${agency.full_name} – ${document.title}`;
  showPost(byId('record'), current?.post.state ?? 'none', person, current?.photo?.small ?? '');
  fill(root, {
    level: person?.level,
    phone: phones(person?.phone),
    mobile: phones(person?.mobile),
    missing: current ? missingWords(current) : '',
    updated: moment(current?.updated_at),
  });
}

/** @param {string | null | undefined} numbers */
function phones(numbers) {
  if (!numbers) return '';
  const links = document.createDocumentFragment();
  for (const link of phoneLinks(numbers)) links.append(link, ' ');
  return links;
}

/** Looks the account up in the list of its province, the only place where it stands. */
async function loadAccount() {
  /** @type {ReturnType<typeof pagesOf<AccountRow>>} */
  const pages = pagesOf('/accounts', { province });
  for await (const answer of pages) {
    if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
    const found = answer.body.items.find(({ agency }) => agency.code === code);
    if (found) return tellAccount(found);
  }
}

/** @param {AccountRow} account */
function tellAccount({ state, email_hint: email, opened_at: opened, last_sign_in_at: seen, telephone }) {
  fill(byId('account'), {
    account: accountWords(state),
    email,
    opened: day(opened),
    seen: moment(seen),
    telephone: phones(telephone),
  });
  find(byId('account'), '[data-slot="account"]', HTMLElement).dataset.state = state;
  for (const [act, fits] of Object.entries({ reset: state === 'active', suspend: state === 'active', lift: state === 'suspended' })) {
    show(find(root, `[data-act="${act}"]`, HTMLElement), fits);
  }
}
