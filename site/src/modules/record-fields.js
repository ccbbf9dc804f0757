/** The fields of the record's form: filled from a record or a draft, and read as the API takes them. */

import { find } from './dom.js';
import { putDay } from './fields.js';
import { personOf } from './post.js';

/** @typedef {import('./types').Post} Post */

/**
 * Everything typed or chosen, by the id of its field.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function values(form) {
  /** @type {Record<string, string>} */
  const all = {};
  for (const field of fields(form)) {
    if (field.type !== 'radio') all[field.id] = field.value;
    else if (/** @type {HTMLInputElement} */ (field).checked) all[field.name] = field.value;
  }
  return all;
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} all
 */
export function putValues(form, all) {
  for (const field of fields(form)) {
    if (field.type === 'radio') /** @type {HTMLInputElement} */ (field).checked = all[field.name] === field.value;
    else field.value = all[field.id] ?? '';
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {NodeListOf<HTMLInputElement | HTMLSelectElement>}
 */
function fields(form) {
  return form.querySelectorAll('input[id]:not([type="hidden"], [type="file"]), select[id]');
}

/**
 * @param {HTMLFormElement} form
 * @param {Post} post
 */
export function putPost(form, post) {
  const person = personOf(post);
  /** @type {Record<string, string>} */
  const all = { state: post.state };
  for (const [name, value] of Object.entries(person ?? {})) {
    if (typeof value === 'string') all[name] = value;
  }
  if (post.state !== 'held' && post.reason) all.reason = post.reason;
  putValues(form, all);
  putDay(find(form, '[data-date="/post/since"]', HTMLElement), post.since);
}

/**
 * The form's body as the API takes it: an acting person has another name there, and the reason why the one
 * before left is also why the post is empty, so it is asked once.
 * @param {any} body
 */
export function asRequest(body) {
  const { person, ...post } = body.post ?? {};
  if (person) post[post.state === 'acting' ? 'acting' : 'person'] = person;
  const reason = body.replaces?.reason;
  if (reason && post.state !== 'held') post.reason = reason;
  return { ...body, post };
}

/**
 * An answer's pointer as the form has it.
 * @param {string} pointer
 */
export function asField(pointer) {
  return pointer.replace(/^\/post\/acting\b/, '/post/person');
}
