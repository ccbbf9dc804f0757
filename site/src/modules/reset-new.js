/** A new password by the link in the mail. */

import { post } from './api.js';
import { find } from './dom.js';
import { at, say } from './lang.js';
import { leave } from './notice.js';
import { newPassword } from './new-password.js';
import { tokenForm } from './token-form.js';
import './session.js';

const form = find(document, '#reset-new', HTMLFormElement);

tokenForm(form, {
  check: newPassword(form),
  send: (token, body) => post(`/password-resets/${encodeURIComponent(token)}`, body),
  done: () => leave(at('/sign-in'), say('ตั้งรหัสผ่านใหม่แล้ว กรุณาเข้าสู่ระบบ', 'The new password is set. Please sign in.')),
});
