/** When a session ends while a page is in use. */

import { say, signInAddress } from './lang.js';
import { leave } from './notice.js';
import { forget } from './session.js';

/**
 * Whether a call was refused because the session has ended, or is too old for what was asked; then one is sent to
 * sign in, and back here.
 * @param {import('./types').Problem} problem
 * @param {string} [page] where to sign in
 */
export function ended(problem, page) {
  if (problem.slug === 'sign-in-again') {
    leave(signInAddress(page), say('เพื่อความปลอดภัย กรุณาเข้าสู่ระบบอีกครั้ง แล้วทำรายการนี้ต่อ', 'To be safe, please sign in again and then go on'));
    return true;
  }
  if (problem.status !== 401) return false;
  forget();
  leave(signInAddress(page), say('การเข้าสู่ระบบหมดเวลา กรุณาเข้าสู่ระบบอีกครั้ง', 'The session has ended. Please sign in again'));
  return true;
}
