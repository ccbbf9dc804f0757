/** A mailed link that a button carries out: the page says what is called and what follows. */

import { post } from './api.js';
import { byId, find, show } from './dom.js';
import { tokenForm } from './token-form.js';
import './session.js';

const form = find(document, '#link', HTMLFormElement);

tokenForm(form, {
  send: (token) => post(form.dataset.call ?? '', { token }),
  done: () => {
    show(form, false);
    show(byId('done'));
    find(byId('done'), 'h2', HTMLElement).focus();
  },
});
