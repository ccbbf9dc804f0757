/** How long to wait before something can be tried again. */

import { say } from './lang.js';

/** @param {number} seconds */
export function wait(seconds) {
  if (seconds < 90) return say(`ลองใหม่ได้ในอีก ${seconds} วินาที`, `Try again in ${seconds} seconds.`);
  const minutes = Math.ceil(seconds / 60);
  return say(`ลองใหม่ได้ในอีก ${minutes} นาที`, `Try again in ${minutes} minutes.`);
}
