/**
 * The form of a mailed link. Opening the link does nothing; pressing the button does. The token is in the fragment,
 * which no server sees, and leaves the address bar at once.
 */

import { byId, find, show } from './dom.js';
import { connect } from './form.js';

/**
 * @template T
 * @typedef {object} How
 * @property {(token: string, body: any) => Promise<import('./types').Answer<T>>} send
 * @property {(body: T) => void} done
 * @property {() => import('./types').FieldProblem[]} [check]
 */

/**
 * Takes over the form, and the section `#spent` that stands in its place where the link works no more.
 * @template T
 * @param {HTMLFormElement} form
 * @param {How<T>} how
 */
export function tokenForm(form, { send, done, check }) {
  let token = '';

  const spent = (/** @type {boolean} */ gone) => {
    show(form, !gone);
    show(byId('spent'), gone);
  };

  const take = () => {
    const found = location.hash.slice(1);
    if (found && !document.getElementById(found)) {
      token = found;
      history.replaceState(null, '', location.pathname);
    }
    spent(token === '');
  };

  take();
  addEventListener('hashchange', take);
  connect(form, {
    ...(check ? { check } : {}),
    send: (body) => send(token, body),
    done: ({ body }) => done(body),
    refused: (problem) => {
      if (problem.status !== 410 && problem.status !== 404) return false;
      spent(true);
      find(byId('spent'), 'h2', HTMLElement).focus();
      return true;
    },
  });
}
