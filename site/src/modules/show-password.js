/** Passwords that are shown on request. */

import { find } from './dom.js';

/**
 * The box that shows or hides the passwords of a form.
 * @param {HTMLFormElement} form
 */
export function canShowPasswords(form) {
  const box = form.querySelector('[data-part="show-password"]');
  box?.addEventListener('change', () => reveal(form, /** @type {HTMLInputElement} */ (box).checked));
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} visible
 */
export function reveal(form, visible) {
  find(form, '[data-part="show-password"]', HTMLInputElement).checked = visible;
  /** @type {NodeListOf<HTMLInputElement>} */
  const secrets = form.querySelectorAll('input[autocomplete$="-password"]');
  for (const input of secrets) input.type = visible ? 'text' : 'password';
}
