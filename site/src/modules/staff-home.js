/** The officer's desk: registrations that wait for a decision, to be approved or refused after a call. */

import { call, get, post } from './api.js';
import { moment } from './days.js';
import { question } from './dialog.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { at, say } from './lang.js';
import { failed, leave, notice } from './notice.js';
import { phoneLinks } from './phones.js';
import { place } from './place.js';
import { card as roundCard } from './round-card.js';
import { forget } from './session.js';
import { aboutProvince, placeWords, requireStaff, staffEnded } from './staff.js';

/** @typedef {import('./types').Claim} Claim */
/** @typedef {import('./types').Proved} Proved */

const list = byId('claims');
const more = find(document, '#more', HTMLButtonElement);
let province = '';

const approve = question('ask-approve', {
  send: (/** @type {Claim} */ claim) => /** @type {Promise<import('./types').Answer<Proved>>} */ (post(`/claims/${encodeURIComponent(claim.id)}/approval`, {})),
  done: async ({ agency }, { state, from }) => {
    await load();
    notice(state === 'waiting'
      ? say(`อนุมัติแล้ว: ${agency.full_name} รับช่วงบัญชีได้ตั้งแต่ ${moment(from)} ถ้าเจ้าของเดิมไม่คัดค้าน`, `Approved: ${agency.full_name}. The account can be taken over from ${moment(from)} unless its owner objects.`)
      : say(`อนุมัติแล้ว: ${agency.full_name} เข้าใช้งานได้ทันที ระบบแจ้งผู้ขอทางอีเมลแล้ว`, `Approved: ${agency.full_name}. The account is open, and its owner was told by e-mail.`), 'done');
  },
  refused,
});

const refuse = question('ask-refuse', {
  send: (/** @type {Claim} */ claim, body) => post(`/claims/${encodeURIComponent(claim.id)}/refusal`, body),
  done: async ({ agency }) => {
    await load();
    notice(say(`ไม่อนุมัติคำขอของ ${agency.full_name} แล้ว ผู้ขอได้รับแจ้งทางอีเมล`, `The request for ${agency.full_name} is refused; the person was told by e-mail.`), 'done');
  },
  refused,
});

const signOut = question('ask-sign-out', {
  send: () => call('DELETE', '/account/sessions'),
  done: () => {
    forget();
    leave(at('/staff'), say('ออกจากระบบทุกเครื่องแล้ว', 'Every device is signed out'));
  },
  refused,
});
find(byId('own'), '[data-act="sign-out-everywhere"]', HTMLButtonElement).addEventListener('click', () => signOut(null));

/** @param {import('./types').Problem} problem */
function refused(problem) {
  return staffEnded(problem);
}

const session = await requireStaff();
if (session) {
  const { staff } = session;
  fill(document, { place: placeWords(staff.place) });
  fill(byId('own'), { name: staff.name, email: staff.email });
  arrived();
  show(byId('own'));
  rounds();
  if (session.role !== 'district') {
    aboutProvince(session, (code) => {
      province = code;
      load();
    });
  }
}

/** The rounds that are open. Without them the desk is a desk all the same, so that a failure is passed over. */
async function rounds() {
  /** @type {import('./types').Answer<import('./rounds').RoundList>} */
  const answer = await get('/rounds');
  const open = answer.ok ? answer.body.items.filter((each) => each.state === 'open') : [];
  find(byId('open-rounds'), 'div', HTMLElement).replaceChildren(...open.map(roundCard));
  show(byId('open-rounds'), open.length > 0);
}

/** @param {string} [cursor] */
async function load(cursor) {
  const asked = province;
  const query = new URLSearchParams({ ...(province && { province }), ...(cursor && { cursor }) });
  /** @type {import('./types').Answer<import('./types').Page<Claim>>} */
  const answer = await get(`/claims?${query}`);
  if (asked !== province) return;
  if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
  const { items, next } = answer.body;
  const cards = items.map(card);
  if (cursor) list.append(...cards);
  else list.replaceChildren(...cards);
  if (cursor) find(list, `article:nth-last-child(${Math.max(cards.length, 1)}) h3`, HTMLElement).focus();
  byId('count').textContent = tally(list.children.length, Boolean(next));
  show(more, Boolean(next));
  more.onclick = () => load(next ?? undefined);
}

/**
 * @param {number} number
 * @param {boolean} open whether there are more
 */
function tally(number, open) {
  if (number === 0) return say('ไม่มีคำขอที่รอพิจารณา', 'Nothing waits for a decision.');
  if (open) return say(`แสดง ${number} คำขอแรก`, `The first ${number} requests`);
  return say(`${number} คำขอ`, `${number} ${number === 1 ? 'request' : 'requests'}`);
}

/** @param {Claim['state']} state */
function stateWords(state) {
  return {
    awaiting_approval: say('รออนุมัติ', 'To approve'),
    disputed: say('มีผู้คัดค้าน', 'Disputed'),
    waiting: say('รอครบกำหนด', 'Waiting'),
  }[state];
}

/**
 * Who else claims the agency: whoever calls back asks about these addresses too.
 * @param {Claim} claim
 */
function othersOf({ others, other_claims }) {
  if (others === 0) return '';
  const all = document.createDocumentFragment();
  const more = others - other_claims.length;
  const lines = other_claims.map(({ email, state, created_at }) => make('li', `${email} · ${stateWords(state)} · ${moment(created_at)}`));
  if (more > 0) lines.push(make('li', say(`และอีก ${more} ราย`, `and ${more} more`)));
  all.append(
    make('p', say(`มีผู้ขอหน่วยงานนี้อีก ${others} ราย`, `${others} more ${others === 1 ? 'request' : 'requests'} for this agency`)),
    make('ul', ...lines),
  );
  return all;
}

/** @param {Claim} claim */
function card(claim) {
  const { agency, email, state } = claim;
  const root = copy('claim');
  const telephone = document.createDocumentFragment();
  for (const link of phoneLinks(claim.telephone ?? '')) telephone.append(link, ' ');
  const account = claim.has_account
    ? say('หน่วยงานนี้มีบัญชีอยู่แล้ว ถ้าผู้ขอใช้อีเมลอื่น จะรับช่วงได้หลังรอให้เจ้าของเดิมคัดค้าน', 'The agency has an account. Another address takes it over only after a wait in which its owner may object.')
    : '';
  fill(root, {
    agency: agency.full_name,
    where: place(agency),
    state: stateWords(state),
    email,
    created: moment(claim.created_at),
    expires: moment(claim.expires_at),
    from: state === 'waiting' ? moment(claim.from) : '',
    telephone: claim.telephone ? telephone : say('ไม่มีหมายเลขในบัญชีรายชื่อ', 'There is no number on the list'),
    account,
    others: othersOf(claim),
  });
  find(root, '[data-slot="state"]', HTMLElement).dataset.state = state;
  find(root, '[data-part="record"]', HTMLAnchorElement).href = `${at('/staff/agency')}?code=${encodeURIComponent(agency.code)}`;
  const about = { agency: agency.full_name, email, account };
  const button = (/** @type {string} */ act) => find(root, `[data-act="${act}"]`, HTMLButtonElement);
  button('approve').addEventListener('click', () => approve(claim, about));
  button('refuse').addEventListener('click', () => refuse(claim, about));
  show(button('approve'), state !== 'waiting');
  return root;
}
