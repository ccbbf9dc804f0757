/** Sending a photo: a permission for exactly these bytes, the bytes straight to the bucket, and the wait until they were checked. */

import { get, post } from './api.js';
import { THAI, say } from './lang.js';

/** @typedef {import('./types').PhotoPermission} PhotoPermission */
/** @typedef {import('./types').PhotoState} PhotoState */

/** How long to wait before each question whether the photo is ready, in milliseconds. */
const PAUSES = [600, 900, 1500, 2000, 3000, 5000, 8000, 12_000];
/** Headers that a browser sets by itself and lets no page set. */
const OWN = ['content-length', 'host'];

/** @param {string} agency its code */
function photos(agency) {
  return `/agencies/${encodeURIComponent(agency)}/photos`;
}

/**
 * @param {string} agency
 * @param {Blob} blob
 * @returns {Promise<import('./types').Answer<PhotoPermission>>}
 */
export async function permission(agency, blob) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return post(photos(agency), { length: blob.size, type: blob.type, sha256: btoa(String.fromCharCode(...digest)) });
}

/**
 * Puts the bytes where the permission says. `fetch` does not tell how far it is, so this is the older way.
 * @param {PhotoPermission['upload']} upload
 * @param {Blob} blob
 * @param {(part: number) => void} progress told from 0 to 1
 * @returns {Promise<number>} the status, 0 where the line dropped
 */
export function put({ method, url, headers }, blob, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      if (!OWN.includes(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', (event) => progress(event.loaded / Math.max(1, event.total)));
    request.addEventListener('loadend', () => resolve(request.status));
    request.send(blob);
  });
}

/**
 * Asks until the photo is ready or refused; gives up after half a minute, and whoever looks later sees it.
 * @param {string} agency
 * @param {string} photo
 * @returns {Promise<PhotoState>}
 */
export async function settled(agency, photo) {
  for (const pause of PAUSES) {
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    /** @type {import('./types').Answer<PhotoState>} */
    const answer = await get(`${photos(agency)}/${encodeURIComponent(photo)}`);
    if (answer.ok && answer.body.state !== 'processing') return answer.body;
    if (!answer.ok && answer.problem.status === 401) break;
  }
  return { state: 'processing', large: null, small: null };
}

/**
 * Why a photo was refused, in the language of the page.
 * @param {PhotoState} state
 */
export function refusal(state) {
  const words = THAI ? state.reason : state.reason_en;
  return words || say('ใช้รูปนี้ไม่ได้ กรุณาเลือกรูปอื่น', 'This photo cannot be used. Please choose another one.');
}
