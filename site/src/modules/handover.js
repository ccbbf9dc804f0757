/** The successor accepts the agency's account by the link in the mail, with a password of their own. */

import { post } from './api.js';
import { find } from './dom.js';
import { at, say } from './lang.js';
import { leave } from './notice.js';
import { newPassword } from './new-password.js';
import { tokenForm } from './token-form.js';
import './session.js';

const form = find(document, '#handover', HTMLFormElement);

tokenForm(form, {
  check: newPassword(form),
  send: (token, body) => post('/handovers/acceptance', { token, password: body.password }),
  done: () => leave(at('/sign-in'), say(
    'รับมอบบัญชีแล้ว กรุณาเลือกหน่วยงานและกรอกรหัสผ่านที่ตั้งใหม่',
    'The account is yours. Choose your agency and type the new password.',
  )),
});
