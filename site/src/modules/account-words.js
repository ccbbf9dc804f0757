/** The state of an agency's account in words. */

import { say } from './lang.js';

/** @param {import('./types').AccountRow['state']} state */
export function accountWords(state) {
  return {
    none: say('ยังไม่มีบัญชี', 'No account'),
    active: say('ใช้งานอยู่', 'Active'),
    suspended: say('ระงับ', 'Suspended'),
  }[state];
}
