/** Asking for the mail with which a new password is set. The answer is the same whether there is an account. */

import { post } from './api.js';
import { byId, find, show } from './dom.js';
import { connect } from './form.js';
import { picker } from './picker.js';
import { lastAgency } from './session.js';

const form = find(document, '#reset', HTMLFormElement);
picker(form, lastAgency());

connect(form, {
  send: (body) => post('/password-resets', body),
  done: () => {
    show(form, false);
    show(byId('sent'));
    find(byId('sent'), 'h2', HTMLElement).focus();
  },
});
