/**
 * The letters about those that owe, as they go: by way of the district officer to municipalities and sub-districts,
 * directly to towns, cities and provincial organisations. Each on a sheet of its own.
 */

import { get } from './api.js';
import { arrived, byId, copy, fill, find, make, show } from './dom.js';
import { say } from './lang.js';
import { failed } from './notice.js';
import { pagesOf } from './pages.js';
import { PROVINCES } from './provinces.js';
import { asked, round, thaiDigits, to } from './round-words.js';
import { requireStaff, staffEnded } from './staff.js';
import { collator } from './thai.js';

/** @typedef {import('./rounds').OwingLine} OwingLine */
/** @typedef {import('./rounds').Summary} Summary */

/** Those that are written to through their district. */
const BY_DISTRICT = ['ทต.', 'อบต.'];
/** The one with a governor of its own. */
const BANGKOK = 'กรุงเทพมหานคร';
/** A day as letters write it, in Thai whatever the language of the page. @param {string | Date} date */
const longDay = (date) => thaiDigits(new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { dateStyle: 'long', timeZone: 'Asia/Bangkok' }).format(new Date(date)).replace('พ.ศ. ', ''));

const root = byId('letters');
const session = await requireStaff();
if (session) await load(session.staff.place.province ?? asked.get('province') ?? '');

/** @param {string} province */
async function load(province) {
  /** @type {import('./types').Answer<Summary>} */
  const answer = await get(round);
  if (!answer.ok) return gone(answer.problem);
  /** @type {OwingLine[]} */
  const owing = [];
  /** @type {ReturnType<typeof pagesOf<OwingLine>>} */
  const pages = pagesOf(`${round}/owing`, { province });
  for await (const page of pages) {
    if (!page.ok) return gone(page.problem);
    owing.push(...page.body.items);
  }
  const [name] = PROVINCES[province] ?? [''];
  const sheets = groups(owing).map(([whom, lines]) => sheet(answer.body, name, whom, lines));
  byId('sheets').replaceChildren(...sheets);
  find(root, '[data-part="back"]', HTMLAnchorElement).href = to('/staff/round/owing', { province });
  fill(root, {
    round: answer.body.title,
    about: say(
      `หนังสือ ${sheets.length} ฉบับ ถึงนายอำเภอและหน่วยงานที่ยังไม่ตอบ ${owing.length} แห่ง เติมเลขที่และลงนามหลังพิมพ์`,
      `${sheets.length} letters about the ${owing.length} agencies that owe; number and sign them when they are printed.`,
    ),
  });
  show(byId('ways'), sheets.length > 0);
  show(byId('everybody'), sheets.length === 0);
  arrived();
  show(root);
}

/** @param {import('./types').Problem} problem */
function gone(problem) {
  arrived();
  if ([403, 404, 422].includes(problem.status)) show(byId('unknown'));
  else if (!staffEnded(problem)) failed(problem);
}

/**
 * To whom a letter goes, and about whom.
 * @param {OwingLine[]} owing
 * @returns {[string, OwingLine[]][]}
 */
function groups(owing) {
  /** @type {Map<string, OwingLine[]>} */
  const letters = new Map();
  for (const line of [...owing].sort((a, b) => collator.compare(a.agency.full_name, b.agency.full_name))) {
    const { kind, district, full_name: name } = line.agency;
    const whom = BY_DISTRICT.includes(kind) && district ? `นายอำเภอ${district}` : head(name);
    letters.set(whom, [...(letters.get(whom) ?? []), line]);
  }
  return [...letters].sort(([a, x], [b, y]) => Number(x.length === 1) - Number(y.length === 1) || collator.compare(a, b));
}

/** The head of an agency that is written to directly. @param {string} name */
function head(name) {
  if (name === BANGKOK) return `ผู้ว่าราชการ${BANGKOK}`;
  return name.startsWith('เทศบาล') ? `นายกเทศมนตรี${name.slice('เทศบาล'.length)}` : `นายก${name}`;
}

/**
 * @param {Summary} summary
 * @param {string} province its name
 * @param {string} whom
 * @param {OwingLine[]} lines
 */
function sheet({ title, letter, dates }, province, whom, lines) {
  const element = copy('sheet');
  const viaDistrict = whom.startsWith('นายอำเภอ');
  show(find(element, '[data-part="reference"]', HTMLElement), letter !== null);
  fill(element, {
    office: `สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด${province}`,
    date: longDay(new Date()),
    to: whom,
    reference: letter ? `หนังสือ ที่ ${thaiDigits(letter.number)} ลงวันที่ ${longDay(letter.date)}` : '',
    text: `ตามที่ได้ขอความร่วมมือองค์กรปกครองส่วนท้องถิ่นดำเนินการ “${thaiDigits(title)}” ภายในวันที่ ${longDay(dates.deadline)} นั้น `
      + (viaDistrict
        ? `ขณะนี้ยังมีองค์กรปกครองส่วนท้องถิ่นในพื้นที่ที่ยังไม่ตอบ จำนวน ${thaiDigits(lines.length)} แห่ง ดังนี้`
        : 'ขณะนี้หน่วยงานของท่านยังไม่ได้บันทึกหรือยืนยันข้อมูล'),
    request: `ขอความร่วมมือ${viaDistrict ? 'แจ้งหน่วยงานดังกล่าว' : ''}บันทึกหรือยืนยันข้อมูลปลัดที่ ${location.origin} โดยเร็ว ทั้งนี้ หากมีการโอนย้ายสับเปลี่ยนหรือเกษียณอายุราชการ ขอให้ปรับปรุงข้อมูลให้เป็นปัจจุบัน`,
    signer: `ท้องถิ่นจังหวัด${province}`,
  });
  const list = find(element, '[data-part="owing"]', HTMLElement);
  show(list, viaDistrict);
  if (viaDistrict) list.append(...lines.map(({ agency, standing }) => make('li', `${agency.full_name}${standing === 'not_registered' ? ' (ยังไม่ลงทะเบียน)' : ''}`)));
  return element;
}

byId('print').addEventListener('click', () => print());
