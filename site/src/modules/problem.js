/** What an answer says that is not the one that was hoped for. */

import { THAI, say } from './lang.js';

/** @typedef {import('./types').Problem} Problem */

/**
 * @param {Response} response
 * @param {any} body
 * @param {string} toMend what is said above fields that are to be mended
 * @returns {Problem}
 */
export function understand(response, body, toMend) {
  const told = body !== null && typeof body === 'object' && typeof body.title === 'string';
  const seconds = Number(response.headers.get('retry-after'));
  /** @type {Problem} */
  const problem = {
    slug: told ? String(body.type ?? '').split('/').pop() ?? '' : 'unreadable',
    status: response.status,
    title: response.status === 422 ? toMend : say(told ? body.title : 'ระบบขัดข้องชั่วคราว', 'This did not work'),
    detail: told
      ? String((THAI ? body.detail : body.detail_en) ?? '')
      : say('รอสักครู่แล้วลองอีกครั้ง', 'Please wait a moment and try again.'),
    errors: told && Array.isArray(body.errors) ? body.errors : [],
  };
  if (told && body.request_id) problem.request_id = String(body.request_id);
  if (seconds > 0) {
    problem.retry_after = seconds;
    // Too many tries: the answer itself says how long to wait.
    if (response.status !== 429) problem.detail = `${problem.detail} ${wait(seconds)}`.trim();
  }
  return problem;
}

/** @param {number} seconds */
function wait(seconds) {
  if (seconds < 90) return say(`ลองใหม่ได้ในอีก ${seconds} วินาที`, `Try again in ${seconds} seconds.`);
  const minutes = Math.ceil(seconds / 60);
  return say(`ลองใหม่ได้ในอีก ${minutes} นาที`, `Try again in ${minutes} minutes.`);
}
