/** The rounds, the latest first; of the open ones how far they are, and the way to those who owe. */

import { call, get, post } from './api.js';
import { moment } from './days.js';
import { question } from './dialog.js';
import { arrived, byId, fill, find, show } from './dom.js';
import { say } from './lang.js';
import { failed, notice } from './notice.js';
import { card } from './round-card.js';
import { placeWords, requireStaff, staffEnded } from './staff.js';

const root = byId('rounds');
const session = await requireStaff();

for (const [act, send] of /** @type {const} */ ([
  ['stop', () => post('/reminders/stop', {})],
  ['resume', () => call('DELETE', '/reminders/stop')],
])) {
  const ask = question(`ask-${act}`, { send, done: () => done(act), refused: staffEnded });
  find(root, `[data-act="${act}"]`, HTMLButtonElement).addEventListener('click', () => ask(null));
}

if (session) {
  fill(document, { place: placeWords(session.staff.place) });
  await load();
}

/** @param {'stop' | 'resume'} act */
async function done(act) {
  await load();
  notice(act === 'stop' ? say('หยุดการแจ้งเตือนทุกรอบแล้ว', 'All reminders are stopped.') : say('เริ่มส่งการแจ้งเตือนอีกครั้งแล้ว', 'Reminders go on as planned.'), 'done');
}

async function load() {
  /** @type {import('./types').Answer<import('./rounds').RoundList>} */
  const answer = await get('/rounds');
  arrived();
  if (!answer.ok) return void (staffEnded(answer.problem) || failed(answer.problem));
  const { items, reminders_stopped_at: stopped } = answer.body;
  fill(root, {
    'all-stopped': stopped ? say(`หยุดการแจ้งเตือนทุกรอบไว้ตั้งแต่ ${moment(stopped)}`, `All reminders are stopped since ${moment(stopped)}`) : '',
  });
  show(find(root, '[data-act="stop"]', HTMLElement), !stopped);
  show(find(root, '[data-act="resume"]', HTMLElement), Boolean(stopped));
  show(byId('nothing'), items.length === 0);
  byId('list').replaceChildren(...items.map(card));
  show(root);
}
