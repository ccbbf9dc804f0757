/** Who may see a page: whoever may not is sent to sign in, or to where they belong. */

import { get } from './api.js';
import { at, say, signInAddress } from './lang.js';
import { failed, leave } from './notice.js';
import { forget, remember } from './session.js';

/** @typedef {import('./types').Session} Session */

/**
 * The session of somebody who may see this page, or none after the visitor was sent to sign in.
 * @template {Session} S
 * @param {string} signIn the page where such people sign in
 * @param {(session: Session) => session is S} fits
 * @param {string} other where others who are signed in belong
 * @returns {Promise<S | null>}
 */
export async function sessionFor(signIn, fits, other) {
  /** @type {import('./types').Answer<Session>} */
  const answer = await get('/session');
  if (answer.ok) {
    remember(answer.body);
    if (fits(answer.body)) return answer.body;
    leave(at(other), say('หน้านั้นไม่ใช่ของบัญชีที่เข้าสู่ระบบอยู่', 'That page is not for the account that is signed in'));
    return null;
  }
  if (answer.problem.status !== 401) {
    failed(answer.problem);
    return null;
  }
  forget();
  leave(signInAddress(signIn), say('กรุณาเข้าสู่ระบบก่อน', 'Please sign in first'));
  return null;
}

/** The session of an agency. @returns {Promise<import('./types').AgencySession | null>} */
export function requireSession() {
  return sessionFor('/sign-in', /** @returns {session is import('./types').AgencySession} */ (session) => session.agency !== null, '/staff/home');
}
