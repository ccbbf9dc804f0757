/** Signing out: the session ends, and nothing of it stays in this browser. */

import { call } from './api.js';
import { at, say } from './lang.js';
import { failed, leave } from './notice.js';

/** What `draft.js` keeps begins like this. */
const DRAFTS = 'palad.draft.';

/** @param {() => void} forget leaves nothing of the session behind */
export async function signOut(forget) {
  const answer = await call('DELETE', '/session');
  if (!answer.ok && answer.problem.status !== 401) return failed(answer.problem);
  forget();
  for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFTS)) localStorage.removeItem(key);
  leave(at('/'), say('ออกจากระบบแล้ว', 'You are signed out'));
}
