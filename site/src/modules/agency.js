/** The public view of one agency's post: `?code=`. */

import { get } from './api.js';
import { day } from './days.js';
import { arrived, byId, fill, show } from './dom.js';
import { showEntry } from './entry.js';
import { failed } from './notice.js';
import { fold } from './thai.js';
import './session.js';

const code = fold(new URLSearchParams(location.search).get('code') ?? '');
/** @type {import('./types').Answer<import('./types').Entry>} */
const answer = await get(`/directory/${encodeURIComponent(code)}`);
arrived();
if (answer.ok) {
  const root = byId('agency');
  showEntry(root, answer.body, 'large');
  const { person, updated_at: updated } = answer.body;
  fill(root, { level: person?.level, affiliation: person?.affiliation, updated: day(updated) });
  document.title = `${answer.body.agency.full_name} – ${document.title}`;
  show(root);
} else if (answer.problem.status === 404 || answer.problem.status === 422) show(byId('unknown'));
else failed(answer.problem);
