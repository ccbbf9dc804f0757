/** A clerk's post in words: held, acting and vacant never look alike. */

import { say } from './lang.js';
import { plainName } from './thai.js';
import { REASONS, STATES } from './words.js';

/** @typedef {import('./types').Post} Post */
/** @typedef {import('./types').Person} Person */
/** @typedef {import('./types').State} State */

/**
 * @param {Post} post
 * @returns {Person | null}
 */
export function personOf(post) {
  if (post.state === 'held') return post.person;
  return post.state === 'acting' ? post.acting : null;
}

/** @param {State} state */
export function stateWords(state) {
  return say(...STATES[state]);
}

/** @param {State} state */
export function nobody(state) {
  return state === 'vacant'
    ? say('ไม่มีผู้ดำรงตำแหน่ง', 'Nobody holds the post')
    : say('หน่วยงานยังไม่ได้บันทึกข้อมูล', 'The agency has not recorded its clerk yet');
}

/**
 * One line for a post: the name, or that there is none.
 * @param {Post} post
 */
export function titleOf(post) {
  const person = personOf(post);
  return person ? plainName(person) : nobody('vacant');
}

/** @param {import('./types').Reason | undefined} reason */
export function reasonWords(reason) {
  return reason ? say(...REASONS[reason]) : '';
}

/**
 * What a record lacks, and why there is no photo where one was sent.
 * @param {import('./types').ClerkRecord} record
 */
export function missingWords({ missing, photo }) {
  if (missing.length === 0) return '';
  const names = missing.map((field) => (field === 'photo' ? say('รูปภาพ', 'a photo') : field));
  const words = say(`ยังไม่ครบ: ขาด${names.join(' ')}`, `Not complete: ${names.join(', ')} is missing`);
  if (photo?.state === 'processing') return `${words} (${say('กำลังตรวจรูปที่ส่งมา', 'the one you sent is being checked')})`;
  return photo?.state === 'refused' ? `${words} – ${say(photo.reason ?? '', photo.reason_en ?? '')}` : words;
}
