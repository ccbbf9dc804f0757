/** The fields of a form as JSON: each value stands where the pointer of its field says; days are in three fields. */

import { fold } from './thai.js';

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * The fields that are in sight, in their order.
 * @param {HTMLFormElement} form
 * @returns {Control[]}
 */
export function controls(form) {
  /** @type {NodeListOf<Control>} */
  const all = form.querySelectorAll('input[data-pointer], select[data-pointer], textarea[data-pointer]');
  return [...all].filter((control) => !control.closest('[hidden]'));
}

/**
 * @param {HTMLFormElement} form
 * @returns {Record<string, unknown>}
 */
export function collect(form) {
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const control of controls(form)) {
    if (control.type === 'radio' && !(/** @type {HTMLInputElement} */ (control).checked)) continue;
    if (control.value === '' && control.hasAttribute('data-optional')) continue;
    put(body, control.dataset.pointer ?? '', control.value);
  }
  for (const group of dates(form)) {
    const iso = isoOf(group);
    if (iso) put(body, group.dataset.date ?? '', iso);
  }
  return body;
}

/**
 * @param {Record<string, any>} body
 * @param {string} pointer
 * @param {string} value
 */
function put(body, pointer, value) {
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  let inner = body;
  for (const step of steps) inner = inner[step] ??= {};
  inner[last] = value;
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLElement[]}
 */
export function dates(form) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = form.querySelectorAll('[data-date]');
  return [...all].filter((group) => !group.closest('[hidden]'));
}

/**
 * A day in three fields as ISO; what is not whole stays recognisably broken, and the answer says so.
 * @param {HTMLElement} group
 */
function isoOf(group) {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => fold(dateControl(group, part).value.trim()));
  if (!day && !month && !year) return '';
  const buddhist = Number(year);
  const common = buddhist > 2400 ? String(buddhist - 543) : year;
  return `${common}-${month}-${(day ?? '').padStart(2, '0')}`;
}

/**
 * @param {HTMLElement} group
 * @param {string} part
 * @returns {Control}
 */
export function dateControl(group, part) {
  const control = group.querySelector(`[data-part="${part}"]`);
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) return control;
  throw new Error(`missing: ${part}`);
}

/**
 * Puts an ISO day into its three fields.
 * @param {HTMLElement} group
 * @param {string | undefined} iso
 */
export function putDay(group, iso) {
  const [year = '', month = '', day = ''] = iso?.split('-') ?? [];
  dateControl(group, 'day').value = day && String(Number(day));
  dateControl(group, 'month').value = month;
  dateControl(group, 'year').value = year && String(Number(year) + 543);
}

/**
 * Folds Thai digits while they are typed, in sight, in passwords too.
 * @param {ParentNode} root
 */
export function foldWhileTyping(root) {
  for (const input of root.querySelectorAll('input[inputmode="numeric"], input[type="tel"]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    input.addEventListener('input', () => {
      const folded = fold(input.value);
      if (folded === input.value) return;
      const caret = input.selectionStart;
      input.value = folded;
      input.setSelectionRange(caret, caret);
    });
  }
}
