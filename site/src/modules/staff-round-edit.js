/** A round is made, or the one of `?id=` is changed. */

import { call, get, post } from './api.js';
import { arrived, byId, fill, find, show } from './dom.js';
import { dropDraft, keepDraft, readDraft } from './draft.js';
import { putDay } from './fields.js';
import { connect } from './form.js';
import { say } from './lang.js';
import { failed, leave } from './notice.js';
import { place } from './place.js';
import { PROVINCES } from './provinces.js';
import { USUAL, chosen, steps, stepsOf } from './round-terms.js';
import { id, round, to } from './round-words.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';

/** @typedef {import('./rounds').Round} Round */
/** @typedef {import('./types').Agency} Agency */
/** @typedef {import('./round-excuse.js').Exception} Exception */

const form = find(document, '#edit', HTMLFormElement);
const history = find(form, '#history', HTMLInputElement);
const kinds = [...form.querySelectorAll('input[name="kind"]')].filter((input) => input instanceof HTMLInputElement);
const provinceSelect = find(form, '#provinces', HTMLSelectElement);
/** The round that is changed, if one is. @type {Round | null} */
let before = null;
let etag = '';
/** Where the form is kept when the session has ended before it was sent. */
const DRAFT = `round.${id}`;
let terms = {};

const provinces = chosen(byId('chosen-provinces'), (/** @type {string} */ code) => code, (code) => [say(...(PROVINCES[code] ?? [code, code])), '']);
const exceptions = chosen(byId('exceptions'), (/** @type {Exception} */ { agency }) => agency.code, ({ agency, reason }) => [
  agency.full_name, [place(agency), reason].join(' · '),
], (number) => show(byId('no-exceptions'), number === 0));
const reminders = steps(find(form, '.steps-edit', HTMLElement));

const session = await requireStaff();
if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  if (session.role !== 'central') {
    arrived();
    show(byId('unknown'));
  } else if (id) await load();
  else await begin();
}

async function begin() {
  const kept = readDraft(DRAFT)?.terms;
  if (kept) await tell(JSON.parse(kept));
  else for (const step of USUAL) reminders.add(step);
  arrived();
  show(form);
}

async function load() {
  /** @type {import('./types').Answer<Round>} */
  const answer = await get(round);
  if (!answer.ok) {
    arrived();
    if ([403, 404].includes(answer.problem.status)) return show(byId('unknown'));
    return void (staffEnded(answer.problem) || failed(answer.problem));
  }
  before = answer.body;
  etag = answer.etag ?? '';
  const kept = readDraft(DRAFT)?.terms;
  await tell(kept ? { ...before, ...JSON.parse(kept) } : before);
  arrived();
  show(form);
}

/** @param {Pick<Round, 'title' | 'letter' | 'dates' | 'scope' | 'steps' | 'history'>} whole */
async function tell(whole) {
  const open = before?.state === 'open';
  find(form, '#title', HTMLInputElement).value = whole.title;
  find(form, '#number', HTMLInputElement).value = whole.letter?.number ?? '';
  putDay(find(form, '[data-date="/letter/date"]', HTMLElement), whole.letter?.date);
  for (const name of /** @type {const} */ (['opens', 'deadline', 'closes'])) {
    putDay(find(form, `[data-date="/dates/${name}"]`, HTMLElement), whole.dates[name]);
  }
  for (const kind of kinds) kind.checked = whole.scope.kinds.includes(kind.value);
  find(form, `input[name="where"][value="${whole.scope.provinces.length > 0 ? 'some' : 'all'}"]`, HTMLInputElement).checked = true;
  for (const code of whole.scope.provinces) provinces.add(code);
  for (const step of whole.steps ?? []) reminders.add(step);
  await excused(whole);
  history.checked = whole.history;
  if (before) fill(form, { round: before.title });
  if (before) for (const link of form.querySelectorAll('a[data-part="back"]')) /** @type {HTMLAnchorElement} */ (link).href = to('/staff/round');
  show(byId('open-already'), open);
  for (const part of ['dates', 'scope']) show(byId(part), !open);
  show(byId('history-part'), !before);
  parts();
}

/** The wire names excused agencies by their codes; the public directory knows their names. @param {Pick<Round, 'scope'>} whole */
async function excused({ scope }) {
  const all = await Promise.all(scope.exceptions.map(async ({ agency: code, reason }) => {
    /** @type {import('./types').Answer<{ agency: Agency }>} */
    const answer = await get(`/directory/${encodeURIComponent(code)}`);
    const agency = answer.ok ? answer.body.agency : { code, kind: '', name: code, full_name: code, district: '', province: '' };
    return { agency, reason };
  }));
  for (const each of all) exceptions.add(each);
}

/** What is asked depends on what was chosen. */
function parts() {
  show(byId('some-provinces'), where() === 'some');
  show(byId('steps'), !history.checked);
}

function where() {
  return find(form, 'input[name="where"]:checked', HTMLInputElement).value;
}

form.addEventListener('change', (event) => {
  if (event.target === provinceSelect && provinceSelect.value) {
    provinces.add(provinceSelect.value);
    provinceSelect.value = '';
  }
  parts();
});
find(form, '[data-act="add-step"]', HTMLButtonElement).addEventListener('click', () => reminders.add({ when: 'before', days: 5, text: null }).focus());

/** Fetched when it is asked for, since most rounds excuse nobody. @type {(() => void) | undefined} */
let excuse;
find(form, '[data-act="excuse"]', HTMLButtonElement).addEventListener('click', async () => {
  excuse ??= (await import('./round-excuse.js')).excusing(exceptions);
  excuse();
});

/** Many fields have the same fault: three days that are missing. So each says which it is. @param {import('./types').FieldProblem} error */
function named(error) {
  const legend = form.querySelector(`[data-date="${error.pointer}"] legend`) ?? form.querySelector(`[data-pointer="${error.pointer}"]`)?.closest('.field')?.querySelector('label');
  const [, at] = /^\/steps\/(\d+)/.exec(error.pointer) ?? [];
  const words = legend?.firstChild?.textContent ?? (at ? say(`การแจ้งเตือนครั้งที่ ${Number(at) + 1}`, `Reminder ${Number(at) + 1}`) : '');
  if (!words) return;
  error.detail = `${words}: ${error.detail}`;
  error.detail_en = `${words}: ${error.detail_en}`;
}

connect(form, {
  send: async (body) => {
    const { title, letter, dates } = body;
    const open = before?.state === 'open';
    terms = {
      title,
      letter: letter ?? null,
      dates: open ? before?.dates : dates ?? {},
      scope: open ? before?.scope : {
        kinds: kinds.filter(({ checked }) => checked).map(({ value }) => value),
        provinces: where() === 'some' ? provinces.all() : [],
        exceptions: exceptions.all().map(({ agency, reason }) => ({ agency: agency.code, reason })),
      },
      ...(!history.checked && { steps: stepsOf(body.steps) }),
      history: history.checked,
    };
    /** @type {import('./types').Answer<Round>} */
    const answer = await (before ? call('PUT', round, { body: terms, headers: { 'if-match': etag } }) : post('/rounds', terms));
    if (!answer.ok) answer.problem.errors.forEach(named);
    return answer;
  },
  check: () => (before?.state !== 'open' && where() === 'some' && provinces.all().length === 0
    ? [{ pointer: '/provinces', detail: 'กรุณาเลือกอย่างน้อยหนึ่งจังหวัด', detail_en: 'Choose one province at least.' }] : []),
  done: ({ body }) => {
    dropDraft(DRAFT);
    const { id: made } = body;
    leave(to('/staff/round', { id: made }), history.checked
      ? say('บันทึกรอบย้อนหลังแล้ว', 'The past round is entered.')
      : before ? say('บันทึกแล้ว', 'Saved.') : say('บันทึกร่างแล้ว ขั้นต่อไปคือตรวจและเปิดรอบ', 'The draft is saved. Next: rehearse and open.'));
  },
  refused: (problem) => {
    if (problem.status === 401 || problem.slug === 'sign-in-again') keepDraft(DRAFT, { terms: JSON.stringify(terms) });
    return staffEnded(problem);
  },
  translate: (pointer) => (pointer.startsWith('/scope/kinds') ? '/kinds' : pointer.startsWith('/scope/provinces') ? '/provinces' : pointer),
});
