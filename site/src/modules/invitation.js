/** An invitation is accepted: opened by a button, then the app and a passphrase, then the recovery codes. */

import { post } from './api.js';
import { byId, fill, find, make, show } from './dom.js';
import { connect } from './form.js';
import { at, say } from './lang.js';
import { typedTwice } from './new-password.js';
import { leave } from './notice.js';
import { qr } from './qr.js';
import { canShowPasswords } from './show-password.js';
import { placeWords } from './staff.js';
import { tokenForm } from './token-form.js';

/** @typedef {import('./types').Invitation} Invitation */

const opening = find(document, '#open', HTMLFormElement);
const accepting = find(document, '#accept', HTMLFormElement);
const keeping = find(document, '#recovery', HTMLFormElement);
const STEPS = [opening, accepting, keeping];
let token = '';

/** @param {HTMLElement} step */
function turn(step) {
  for (const each of STEPS) show(each, each === step);
  find(step, 'h2[tabindex]', HTMLElement).focus();
}

tokenForm(opening, {
  send: (found) => {
    token = found;
    return post('/staff/invitations/accept', { token });
  },
  done: (/** @type {Invitation} */ invitation) => {
    const { email, totp } = invitation;
    fill(accepting, { email, place: placeWords(invitation), secret: grouped(totp.secret) });
    find(accepting, '[data-part="qr"]', HTMLElement).replaceChildren(qr(totp.qr, say('คิวอาร์โค้ดสำหรับแอปยืนยันตัวตน', 'QR code for the authenticator app')));
    find(accepting, '[data-part="uri"]', HTMLAnchorElement).href = totp.uri;
    turn(accepting);
  },
});

/**
 * In groups of four, to be typed by hand.
 * @param {string} secret
 */
function grouped(secret) {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}

canShowPasswords(accepting);
connect(accepting, {
  check: typedTwice(
    find(accepting, '#passphrase', HTMLInputElement),
    find(accepting, '#passphrase-again', HTMLInputElement),
    'วลีรหัสผ่าน',
    'passphrases',
  ),
  send: (body) => post('/staff/invitations/acceptance', { token, ...body }),
  done: ({ body }) => {
    const { recovery_codes: codes } = /** @type {{ recovery_codes: string[] }} */ (body);
    find(keeping, '[data-part="codes"]', HTMLElement).replaceChildren(...codes.map((code) => make('li', make('code', code))));
    find(keeping, '[data-act="copy"]', HTMLButtonElement).addEventListener('click', () => copy(codes));
    turn(keeping);
  },
  refused: (problem) => {
    if (problem.status !== 410) return false;
    show(accepting, false);
    show(byId('spent'));
    find(byId('spent'), 'h2', HTMLElement).focus();
    return true;
  },
});

/** @param {string[]} codes */
async function copy(codes) {
  const done = await navigator.clipboard.writeText(codes.join('\n')).then(() => true, () => false);
  find(keeping, '[data-part="copied"]', HTMLElement).textContent = done
    ? say('คัดลอกแล้ว โปรดวางในที่ปลอดภัย', 'Copied. Paste them somewhere safe.')
    : say('คัดลอกไม่ได้ โปรดพิมพ์หรือจดไว้', 'They could not be copied. Please print or write them down.');
}

find(keeping, '[data-act="print"]', HTMLButtonElement).addEventListener('click', () => print());
connect(keeping, {
  check: () => (find(keeping, '#kept', HTMLInputElement).checked ? [] : [{
    pointer: '/kept',
    detail: 'โปรดเก็บรหัสสำรอง แล้วทำเครื่องหมายว่าเก็บไว้แล้ว',
    detail_en: 'Please keep the recovery codes, and tick that you have.',
  }]),
  send: async () => ({ ok: true, status: 200, body: null, etag: null }),
  done: () => leave(at('/staff'), say('รับคำเชิญแล้ว กรุณาเข้าสู่ระบบ', 'The invitation is accepted. Please sign in.')),
});
