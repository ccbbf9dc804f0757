/** The photo beside the rest of the record's form: whose it is, and what is left to be done after a save. */

import { find, make } from './dom.js';
import { at, say } from './lang.js';
import { leave, notice } from './notice.js';

/** @typedef {import('./types').Photo} Photo */

/**
 * @typedef {object} RecordPhoto
 * @property {(photo: Photo | null | undefined) => void} show
 * @property {(same: boolean, photo: Photo | null | undefined) => void} belongs whether the person is still the recorded one
 * @property {() => Promise<void>} named
 * @property {(again: () => void) => Promise<boolean>} sent whether the page may be left
 */

/**
 * Takes over the photo of the form, if the form has one.
 * @param {HTMLFormElement} form
 * @param {string} agency its code
 * @returns {Promise<RecordPhoto | null>}
 */
export async function recordPhoto(form, agency) {
  const root = form.querySelector('#photo-part');
  if (!(root instanceof HTMLElement)) return null;
  const { photoField } = await import('./photo-field.js');
  const id = find(root, '#photo', HTMLInputElement);
  let saved = '';
  /** @type {() => void} */
  let saveAgain = () => {};
  const finished = () => {
    if (!saved) return;
    if (id.value === saved) leave(at('/office/personnel'), say('บันทึกข้อมูลและส่งรูปเรียบร้อยแล้ว', 'The record is saved and the photo sent.'));
    else saveAgain();
  };
  const field = photoField(root, agency, finished);

  return {
    show: field.show,
    belongs(same, photo) {
      if (!same && id.value === photo?.id) field.show(null);
      else if (same && id.value === '') field.show(photo);
    },
    named: field.named,
    async sent(again) {
      [saved, saveAgain] = [id.value || 'none', again];
      if (field.isSent()) return true;
      notice(say('บันทึกข้อมูลแล้ว กำลังส่งรูป…', 'The record is saved. The photo is being sent…'), 'done', away());
      if (await field.sent()) return true;
      notice(say('บันทึกข้อมูลแล้ว แต่รูปยังส่งไม่สำเร็จ', 'The record is saved, but the photo was not sent.'), 'warning', away());
      return false;
    },
  };
}

/** The way on for who does not want to wait. */
function away() {
  const link = make('a', say('ไปต่อโดยไม่รอรูป', 'Go on without the photo'));
  link.href = at('/office/personnel');
  return link;
}
