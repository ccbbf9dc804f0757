/** A question that is answered before something is done, in a dialogue with a form of its own. */

import { fill, find } from './dom.js';
import { clear, connect } from './form.js';

/**
 * @template T what the question is about
 * @template B what the answer to the call says
 * @typedef {object} How
 * @property {(about: T, body: any) => Promise<import('./types').Answer<B>>} send
 * @property {(about: T, body: B, said: any) => void | Promise<void>} done
 * @property {(problem: import('./types').Problem, about: T) => boolean | Promise<boolean>} [refused] whether it dealt with the problem itself
 * @property {(pointer: string) => string} [translate] an answer's pointer to the form's
 */

/**
 * Takes over a dialogue.
 * @template T, B
 * @param {string} id
 * @param {How<T, B>} how
 * @returns {(about: T, texts?: Record<string, string>) => void} opens it
 */
export function question(id, how) {
  const dialog = find(document, `dialog[id="${id}"]`, HTMLDialogElement);
  const form = find(dialog, 'form', HTMLFormElement);
  /** @type {T} */
  let about;
  /** @type {unknown} */
  let said;
  connect(form, {
    send: (body) => {
      said = body;
      return how.send(about, body);
    },
    done: async ({ body }) => {
      dialog.close();
      await how.done(about, body, said);
    },
    refused: (problem) => how.refused?.(problem, about) ?? false,
    ...(how.translate && { translate: how.translate }),
  });
  find(form, '[data-part="cancel"]', HTMLButtonElement).addEventListener('click', () => dialog.close());
  return (what, texts = {}) => {
    about = what;
    clear(form);
    form.reset();
    fill(dialog, texts);
    dialog.showModal();
  };
}
