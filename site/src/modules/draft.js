/** A half-filled form, kept on the device until it is saved or somebody signs out (`session.js`), for a week at most. Never a password. */

const PREFIX = 'palad.draft.';
const WEEK = 7 * 24 * 60 * 60 * 1000;

/**
 * @param {string} name
 * @param {Record<string, string>} values
 */
export function keepDraft(name, values) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A full or forbidden store: the form still works, only without this comfort.
  }
}

/**
 * @param {string} name
 * @returns {Record<string, string> | null}
 */
export function readDraft(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
    if (draft && Date.now() - draft.at < WEEK) return draft.values;
  } catch {
    // Not ours, or not whole: as good as none.
  }
  dropDraft(name);
  return null;
}

/** @param {string} name */
export function dropDraft(name) {
  localStorage.removeItem(PREFIX + name);
}
