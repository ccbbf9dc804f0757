/** The few things done to a page: find, copy a template, fill its slots, show and hide. Text only ever as text. */

import { mixed } from './lang.js';

/**
 * The one element that must be there.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {{ new (): T }} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`missing: ${selector}`);
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return find(document, `[id="${id}"]`, HTMLElement);
}

/**
 * A copy of the first element in a template.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copy(id) {
  const first = find(document, `template[id="${id}"]`, HTMLTemplateElement).content.firstElementChild;
  if (first instanceof HTMLElement) return /** @type {HTMLElement} */ (document.importNode(first, true));
  throw new Error(`empty: ${id}`);
}

/**
 * Puts texts into the slots of `root`; a slot without text is hidden, with its row.
 * @param {ParentNode} root
 * @param {Record<string, string | Node | null | undefined>} texts
 */
export function fill(root, texts) {
  for (const [slot, text] of Object.entries(texts)) {
    for (const element of root.querySelectorAll(`[data-slot="${slot}"]`)) {
      element.replaceChildren(...(typeof text === 'string' ? mixed(text) : text ? [text] : []));
      show(element.closest('[data-row]') ?? element, Boolean(text));
    }
  }
}

/**
 * @param {Element | null} element
 * @param {boolean} visible
 */
export function show(element, visible = true) {
  if (element instanceof HTMLElement) element.hidden = !visible;
}

/** Whatever was fetched is here: takes away the word that says it is being fetched. */
export function arrived() {
  for (const element of document.querySelectorAll('[data-part="waiting"]')) element.remove();
}

/**
 * A new element with text or other nodes in it.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, ...children) {
  const element = document.createElement(name);
  for (const child of children) element.append(...(typeof child === 'string' && name !== 'option' ? mixed(child) : [child]));
  return element;
}
