/** How many had answered at the end of each day: a line, with the deadline across it. */

import { day } from './days.js';
import { byId, find, make, show } from './dom.js';
import { say } from './lang.js';
import { count } from './round-words.js';
import { drawn } from './tally.js';

/** @typedef {import('./rounds').Point} Point */

const [WIDTH, HEIGHT] = [600, 160];
const DAY = 24 * 60 * 60 * 1000;

/**
 * @param {Point[]} points by day
 * @param {import('./rounds').Dates} dates
 */
export function showCurve(points, { opens, deadline }) {
  const root = byId('curve');
  const last = points.at(-1);
  if (!last || points.length < 2) return show(root, false);
  const first = Date.parse(opens);
  const end = Math.max(Date.parse(deadline), Date.parse(last.day));
  const most = Math.max(...points.map(({ all }) => all), 1);
  const x = (/** @type {string} */ iso) => (Math.max(0, Date.parse(iso) - first) * WIDTH) / Math.max(end - first, DAY);
  const y = (/** @type {number} */ answered) => HEIGHT - (answered * HEIGHT) / most;
  const line = points.map((point) => `${x(point.day).toFixed(1)},${y(point.answered).toFixed(1)}`);
  const svg = drawn('svg', { viewBox: `0 -4 ${WIDTH} ${HEIGHT + 8}`, preserveAspectRatio: 'none', role: 'img' });
  svg.setAttribute('aria-label', say(
    `ถึง ${day(last.day)} ตอบแล้ว ${last.answered} จาก ${last.all} แห่ง`,
    `By ${day(last.day)} ${last.answered} of ${last.all} have answered`,
  ));
  svg.append(
    drawn('path', { class: 'grid', d: `M0,0H${WIDTH}M0,${HEIGHT / 2}H${WIDTH}M0,${HEIGHT}H${WIDTH}` }),
    drawn('polygon', { points: `${x(points[0]?.day ?? opens).toFixed(1)},${HEIGHT} ${line.join(' ')} ${x(last.day).toFixed(1)},${HEIGHT}` }),
    drawn('polyline', { points: line.join(' ') }),
    drawn('path', { class: 'deadline', d: `M${x(deadline).toFixed(1)},-4V${HEIGHT + 4}` }),
  );
  find(root, '[data-part="drawing"]', HTMLElement).replaceChildren(svg);
  find(root, '[data-part="from"]', HTMLElement).textContent = day(opens);
  find(root, '[data-part="until"]', HTMLElement).textContent = Date.parse(last.day) > Date.parse(deadline)
    ? day(last.day) : say(`ครบกำหนด ${day(deadline)}`, `Due ${day(deadline)}`);
  find(root, 'tbody', HTMLElement).replaceChildren(...points.map((point) => {
    const head = make('th', day(point.day));
    head.scope = 'row';
    return make('tr', head, make('td', count(point.answered)), make('td', count(point.all)));
  }));
  show(root);
}
