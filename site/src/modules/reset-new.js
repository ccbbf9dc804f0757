/** A new password by the link in the mail. Its token leaves the address bar at once. */

import { post } from './api.js';
import { byId, find, show } from './dom.js';
import { connect } from './form.js';
import { at, say } from './lang.js';
import { leave } from './notice.js';
import { newPassword } from './new-password.js';
import './session.js';

const form = find(document, '#reset-new', HTMLFormElement);
let token = '';

function takeToken() {
  const found = location.hash.slice(1);
  if (found && !document.getElementById(found)) {
    token = found;
    history.replaceState(null, '', location.pathname);
  }
  spent(token === '');
}

/** @param {boolean} gone */
function spent(gone) {
  show(form, !gone);
  show(byId('spent'), gone);
}

takeToken();
addEventListener('hashchange', takeToken);

connect(form, {
  check: newPassword(form),
  send: (body) => post(`/password-resets/${encodeURIComponent(token)}`, body),
  done: () => leave(at('/sign-in'), say('ตั้งรหัสผ่านใหม่แล้ว กรุณาเข้าสู่ระบบ', 'The new password is set. Please sign in.')),
  refused: (problem) => {
    if (problem.status !== 410 && problem.status !== 404) return false;
    spent(true);
    find(byId('spent'), 'h2', HTMLElement).focus();
    return true;
  },
});
