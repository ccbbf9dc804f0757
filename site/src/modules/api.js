/** Calls to the API: JSON in, JSON or a problem out, and plain words when the line is down. */

import { say } from './lang.js';

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
  // Most visitors never see one: what a problem says is fetched with the first.
  const words = await import('./problem.js').catch(() => null);
  return { ok: false, problem: words?.understand(response, body, TO_MEND) ?? lineDown() };
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

/** @returns {Problem} */
export function lineDown() {
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
