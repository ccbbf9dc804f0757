/**
 * One form: its fields become JSON by their pointers, an answer's errors go back to the field of the same
 * pointer and into a summary on top. No field is checked here; the functions do that.
 */

import { TO_MEND } from './api.js';
import { fill, find, make, show } from './dom.js';
import { collect, controls, dateControl, dates, foldWhileTyping } from './fields.js';
import { THAI, mixed, say } from './lang.js';

/** @typedef {import('./types').Problem} Problem */
/** @typedef {import('./types').FieldProblem} FieldProblem */
/** @typedef {import('./fields.js').Control} Control */

/**
 * @template T
 * @typedef {object} How
 * @property {(body: any) => Promise<import('./types').Answer<T>>} send
 * @property {(answer: { status: number, body: T, etag: string | null }) => void | Promise<void>} done
 * @property {() => Promise<void> | undefined} [before] what is awaited before the fields are read
 * @property {() => FieldProblem[]} [check] what only the browser can know, such as a password typed twice
 * @property {(problem: Problem) => boolean | Promise<boolean>} [refused] whether it dealt with the problem itself
 * @property {(pointer: string) => string} [translate] an answer's pointer to the form's
 */

const TITLE = document.title;

/**
 * Takes over a form. Its buttons wake up: before this they could only lose what was typed.
 * @template T
 * @param {HTMLFormElement} form
 * @param {How<T>} how
 */
export function connect(form, how) {
  foldWhileTyping(form);
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    clear(form);
    const found = how.check?.() ?? [];
    if (found.length > 0) return showProblem(form, invalid(found), how.translate);
    busy = true;
    form.setAttribute('aria-busy', 'true');
    try {
      await how.before?.();
      const answer = await how.send(collect(form));
      if (answer.ok) await how.done(answer);
      else if (!(await how.refused?.(answer.problem))) showProblem(form, answer.problem, how.translate);
    } finally {
      busy = false;
      form.removeAttribute('aria-busy');
    }
  });
  for (const button of form.querySelectorAll('button[type="submit"]')) button.removeAttribute('disabled');
}

/** @param {FieldProblem[]} errors @returns {Problem} */
function invalid(errors) {
  return { slug: 'invalid', status: 422, title: TO_MEND, detail: '', errors };
}

/** @param {HTMLFormElement} form */
export function clear(form) {
  document.title = TITLE;
  for (const part of ['summary', 'ways-in']) show(form.querySelector(`[data-part="${part}"]`), false);
  for (const field of form.querySelectorAll('.wrong')) field.classList.remove('wrong');
  for (const error of form.querySelectorAll('.error')) {
    error.replaceChildren();
    show(error, false);
    for (const control of form.querySelectorAll(`[aria-describedby~="${error.id}"]`)) describe(control, error.id, false);
  }
}

/**
 * Shows a problem: in the summary, and at each field that it names.
 * @param {HTMLFormElement} form
 * @param {Problem} problem
 * @param {(pointer: string) => string} [translate]
 */
export function showProblem(form, problem, translate = (pointer) => pointer) {
  clear(form);
  const summary = find(form, '[data-part="summary"]', HTMLElement);
  const list = find(summary, '[data-part="list"]', HTMLElement);
  list.replaceChildren();
  for (const error of problem.errors) {
    const words = THAI ? error.detail : error.detail_en;
    const control = controlAt(form, translate(error.pointer));
    list.append(make('li', control ? linkTo(control, words) : words));
    if (control) mark(control, words);
  }
  fill(summary, {
    title: problem.title,
    detail: problem.errors.length === 0 ? problem.detail : '',
    reference: problem.status >= 500 && problem.request_id ? say(`รหัสอ้างอิง ${problem.request_id}`, `Reference ${problem.request_id}`) : '',
  });
  show(summary);
  waysIn(form, problem);
  document.title = `${say('ต้องแก้ไข', 'To mend')}: ${TITLE}`;
  summary.focus();
  summary.scrollIntoView({ block: 'start' });
}

/**
 * Where typing again does not help, the ways back in stand below the summary.
 * @param {HTMLFormElement} form
 * @param {Problem} problem
 */
function waysIn(form, { status, slug }) {
  const suspended = slug === 'account-suspended';
  for (const way of form.querySelectorAll('[data-way="mail"]')) show(way, !suspended);
  show(form.querySelector('[data-part="ways-in"]'), suspended || status === 429);
}

/**
 * The field at a pointer, or else the first below it, or else the nearest above.
 * @param {HTMLFormElement} form
 * @param {string} pointer
 * @returns {Control | null}
 */
function controlAt(form, pointer) {
  /** @type {[string, Control][]} */
  const known = [
    ...controls(form).map((control) => /** @type {[string, Control]} */ ([control.dataset.pointer, control])),
    ...dates(form).map((group) => /** @type {[string, Control]} */ ([group.dataset.date, dateControl(group, 'day')])),
  ];
  const twice = form.querySelector(`[id="${pointer.slice(1)}"]:not([data-pointer])`);
  if (twice instanceof HTMLInputElement) return twice;
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const match = known.find(([own]) => own === at) ?? known.find(([own]) => own.startsWith(`${at}/`));
    if (match) return match[1];
  }
  return null;
}

/**
 * @param {Control} control
 * @param {string} words
 */
function linkTo(control, words) {
  const link = make('a', words);
  link.href = `#${control.id}`;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    control.focus();
    (control.labels?.[0] ?? control).scrollIntoView({ block: 'center' });
  });
  return link;
}

/**
 * @param {Control} control
 * @param {string} words
 */
function mark(control, words) {
  const error = document.getElementById(`${control.id}-error`);
  const field = control.closest('.field');
  field?.classList.add('wrong');
  const all = control.type === 'radio' && field ? [...field.querySelectorAll('input')] : [control];
  for (const each of all) each.setAttribute('aria-invalid', 'true');
  if (!error) return;
  error.replaceChildren(...mixed(words));
  show(error);
  describe(control, error.id, true);
}

/**
 * Adds an error to, or takes it from, what describes a field.
 * @param {Element} control
 * @param {string} id
 * @param {boolean} wrong
 */
function describe(control, id, wrong) {
  const ids = new Set((control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (wrong) ids.add(id);
  else ids.delete(id);
  if (ids.size > 0) control.setAttribute('aria-describedby', [...ids].join(' '));
  else control.removeAttribute('aria-describedby');
  if (wrong) return;
  for (const each of control.closest('.field')?.querySelectorAll('[aria-invalid]') ?? []) each.removeAttribute('aria-invalid');
}
