/** The parts of a round's form that grow: provinces, excused agencies, reminders. */

import { copy, find, make, show } from './dom.js';
import { foldWhileTyping } from './fields.js';
import { say } from './lang.js';
import { row } from './rows.js';

/** @typedef {import('./rounds').Step} Step */

/** What a round begins with, as the office usually writes. @type {Step[]} */
export const USUAL = [
  { when: 'opening', text: null },
  ...[30, 14, 7, 3, 1].map((days) => /** @type {Step} */ ({ when: 'before', days, text: null })),
  { when: 'after', days: 1, text: null },
];

/**
 * A list of things that can be taken away again, each with a name of its own.
 * @template T
 * @param {HTMLElement} list
 * @param {(item: T) => string} key
 * @param {(item: T) => [string, string]} words its title and its note
 * @param {(number: number) => void} [changed]
 */
export function chosen(list, key, words, changed) {
  /** @type {Map<string, T>} */
  const items = new Map();
  const tell = () => {
    list.replaceChildren(...[...items].map(([name, item]) => {
      const [title, note] = words(item);
      const button = make('button', say('เอาออก', 'Remove'));
      button.type = 'button';
      button.className = 'secondary small';
      button.setAttribute('aria-label', say(`เอา ${title} ออก`, `Remove ${title}`));
      button.addEventListener('click', () => {
        items.delete(name);
        tell();
      });
      return row(title, note, button);
    }));
    changed?.(items.size);
  };
  return {
    /** @param {T} item */
    add: (item) => {
      items.set(key(item), item);
      tell();
    },
    /** @param {string} name */
    has: (name) => items.has(name),
    all: () => [...items.values()],
  };
}

/**
 * The reminders of a form: when each goes out, and what the office adds to its words.
 * @param {HTMLElement} list
 */
export function steps(list) {
  let number = 0;

  /** The pointers follow the order in the list. */
  const name = () => {
    for (const [at, line] of [...list.children].entries()) {
      for (const part of ['when', 'days', 'text']) {
        const control = find(line, `[data-part="${part}"]`, HTMLElement);
        control.dataset.pointer = `/steps/${at}/${part}`;
      }
    }
  };

  const add = (/** @type {Step} */ step) => {
    const line = copy('step');
    number += 1;
    const when = find(line, '[data-part="when"]', HTMLSelectElement);
    const days = find(line, '[data-part="days"]', HTMLInputElement);
    const text = find(line, '[data-part="text"]', HTMLTextAreaElement);
    for (const [part, control] of Object.entries({ when, days, text })) {
      control.id = `step-${number}-${part}`;
      const error = line.querySelector(`[data-part="${part}-error"]`);
      if (error) error.id = `${control.id}-error`;
    }
    when.value = step.when;
    days.value = String(step.days ?? '');
    text.value = step.text ?? '';
    text.dataset.optional = '';
    find(line, 'details', HTMLDetailsElement).open = Boolean(step.text);
    const part = find(line, '[data-part="days-part"]', HTMLElement);
    const tell = () => show(part, when.value !== 'opening');
    when.addEventListener('change', tell);
    tell();
    find(line, '[data-act="remove"]', HTMLButtonElement).addEventListener('click', () => {
      const next = line.nextElementSibling ?? line.previousElementSibling;
      line.remove();
      name();
      (next?.querySelector('select') ?? list).focus();
    });
    foldWhileTyping(line);
    list.append(line);
    name();
    return when;
  };

  return { add };
}

/**
 * What the form collected under numbers, in their order; a number of days is a number.
 * @param {Record<string, { when: string, days?: string, text?: string }>} [collected]
 */
export function stepsOf(collected = {}) {
  return Object.values(collected).map(({ when, days, text }) => ({
    when, ...(days !== undefined && { days: whole(days) }), ...(text && { text }),
  }));
}

/** @param {string} days */
function whole(days) {
  // What is no small number goes as 0, which the answer names at its field.
  return /^\d{1,3}$/.test(days.trim()) && Number(days) < 256 ? Number(days) : 0;
}
