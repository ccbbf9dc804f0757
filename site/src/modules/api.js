/** Calls to the API: JSON in, JSON or a problem out, and plain words when the line is down. */

import { THAI, say } from './lang.js';

/** @typedef {import('./types').Json} Json */
/** @typedef {import('./types').Problem} Problem */

/** The heading over fields that are to be mended. */
export const TO_MEND = say('มีข้อมูลที่ต้องแก้ไข', 'There is something to mend');

/**
 * @template T
 * @param {string} method
 * @param {string} path below `/api`, its parts already encoded
 * @param {{ body?: unknown, headers?: Record<string, string>, signal?: AbortSignal }} [how]
 * @returns {Promise<import('./types').Answer<T>>}
 */
export async function call(method, path, how = {}) {
  /** @type {Record<string, string>} */
  const headers = { accept: 'application/json', ...how.headers };
  if (method !== 'GET') headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      body: how.body === undefined ? null : JSON.stringify(how.body),
      signal: how.signal ?? null,
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch (error) {
    if (how.signal?.aborted) throw error;
    return { ok: false, problem: lineDown() };
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return { ok: true, status: response.status, body, etag: strong(response.headers.get('etag')) };
  return { ok: false, problem: understand(response, body) };
}

/**
 * @template T
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('./types').Answer<T>>}
 */
export function get(path, signal) {
  return call('GET', path, signal ? { signal } : {});
}

/**
 * @template T
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<import('./types').Answer<T>>}
 */
export function post(path, body) {
  return call('POST', path, { body });
}

/**
 * A cache on the way that compresses makes an ETag weak; the version in it is the same.
 * @param {string | null} etag
 */
function strong(etag) {
  return etag?.replace(/^W\//, '') ?? null;
}

/**
 * A key for one content: the same content sent again keeps its key, so that a save that was repeated
 * because the line dropped is one save.
 */
export function idempotencyKeys() {
  let last = '';
  let key = '';
  return (/** @type {unknown} */ body) => {
    const content = JSON.stringify(body);
    if (content !== last) [last, key] = [content, crypto.randomUUID()];
    return key;
  };
}

/** @returns {Problem} */
function lineDown() {
  return {
    slug: 'line-down',
    status: 0,
    title: say('ติดต่อระบบไม่ได้', 'The system cannot be reached'),
    detail: say(
      'โปรดตรวจการเชื่อมต่ออินเทอร์เน็ตแล้วลองอีกครั้ง ที่กรอกไว้ยังอยู่ครบ',
      'Please check the connection and try again. Nothing you typed is lost.',
    ),
    errors: [],
  };
}

/**
 * @param {Response} response
 * @param {any} body
 * @returns {Problem}
 */
function understand(response, body) {
  const told = body !== null && typeof body === 'object' && typeof body.title === 'string';
  const seconds = Number(response.headers.get('retry-after'));
  /** @type {Problem} */
  const problem = {
    slug: told ? String(body.type ?? '').split('/').pop() ?? '' : 'unreadable',
    status: response.status,
    title: response.status === 422 ? TO_MEND : say(told ? body.title : 'ระบบขัดข้องชั่วคราว', 'This did not work'),
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
