/** What was decided about a round, in words. */

import { day, moment } from './days.js';
import { byId, fill, make, show } from './dom.js';
import { say } from './lang.js';
import { PROVINCES } from './provinces.js';
import { count, letterWords, stepWords } from './round-words.js';

/** @param {import('./rounds').Round} whole */
export function roundFacts(whole) {
  const { dates, scope, steps, frozen } = whole;
  const provinces = scope.provinces.map((code) => say(...(PROVINCES[code] ?? [code, code])));
  const list = frozen
    ? say(
      `${count(frozen.expected)} แห่ง ยกเว้น ${count(frozen.excused)} แห่ง รหัสตรวจสอบ ${frozen.hash}`,
      `${count(frozen.expected)} agencies, ${count(frozen.excused)} excused; checksum ${frozen.hash}`,
    )
    : '';
  fill(byId('facts'), {
    letter: letterWords(whole.letter) || say('ยังไม่มีเลขหนังสือ', 'No letter yet'),
    opens: day(dates.opens),
    deadline: day(dates.deadline),
    closes: day(dates.closes),
    kinds: scope.kinds.join(' '),
    provinces: provinces.length > 0 ? provinces.join(', ') : say('ทุกจังหวัด', 'All provinces'),
    excused: scope.exceptions.length > 0 ? say(`${scope.exceptions.length} แห่ง`, String(scope.exceptions.length)) : '',
    steps: whole.history ? '' : steps.map(({ when, days }) => stepWords(`${when}-${days ?? ''}`)).join(' · '),
    opened: moment(whole.opened_at),
    closed: moment(whole.closed_at),
    frozen: list,
  });
  // Once a round runs, its numbers come first and what was decided folds away.
  if (frozen) fold();
}

function fold() {
  const card = byId('facts');
  const [head, list] = [card.querySelector('h3'), card.querySelector('dl')];
  if (!head || !list) return;
  const box = make('details', make('summary', head.textContent ?? ''), list);
  card.replaceChildren(box);
  show(card);
}
