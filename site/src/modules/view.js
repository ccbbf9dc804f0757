/** ปุ่ม คน: the record in all its details. */

import { requireSession } from './admission.js';
import { get } from './api.js';
import { day, moment } from './days.js';
import { arrived, byId, fill, find, show } from './dom.js';
import { showPost } from './face.js';
import { at } from './lang.js';
import { failed } from './notice.js';
import { missingWords, personOf, reasonWords } from './post.js';

const session = await requireSession();
if (session) {
  const { agency } = session;
  /** @type {import('./types').Answer<import('./types').Personnel>} */
  const answer = await get(`/agencies/${encodeURIComponent(agency.code)}/clerks`);
  if (!answer.ok) failed(answer.problem);
  else if (answer.body.current) tell(answer.body.current, agency);
  else location.replace(at('/office/personnel'));
}

/**
 * @param {import('./types').ClerkRecord} record
 * @param {import('./types').Agency} agency
 */
function tell(record, agency) {
  const root = byId('view');
  const { post } = record;
  const person = personOf(post);
  showPost(root, post.state, person, record.photo?.large ?? '');
  fill(root, {
    agency: agency.full_name,
    missing: missingWords(record),
    prefix: person?.prefix,
    first_name: person?.first_name,
    last_name: person?.last_name,
    position: person?.position,
    level: person?.level,
    affiliation: person?.affiliation,
    phone: person?.phone,
    mobile: person?.mobile,
    since: day(post.since),
    reason: reasonWords(post.state === 'held' ? undefined : post.reason),
    created: moment(record.created_at),
    updated: moment(record.updated_at),
  });
  find(root, '[data-part="edit"]', HTMLAnchorElement).href += `?id=${encodeURIComponent(record.id)}`;
  arrived();
  show(root);
}
