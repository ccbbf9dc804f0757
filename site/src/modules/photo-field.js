/**
 * The photo in the record's form: chosen, taken, dropped or pasted; cropped; sent while the rest is typed.
 * Saving never waits for it, and when it fails nothing else is lost.
 */

import { lineDown } from './api.js';
import { cropView } from './crop-view.js';
import { find, make, show } from './dom.js';
import { say } from './lang.js';
import { permission, put, refusal, settled } from './photo-upload.js';

/** @typedef {import('./types').Photo} Photo */
/** @typedef {import('./types').PhotoPermission} PhotoPermission */

/**
 * @param {HTMLElement} root
 * @param {string} agency its code
 * @param {() => void} finished called when a photo was sent after it had failed
 */
export function photoField(root, agency, finished) {
  const id = find(root, '#photo', HTMLInputElement);
  const now = find(root, '[data-part="now"]', HTMLElement);
  const status = find(root, '[data-part="photo-state"]', HTMLElement);
  const error = find(root, '#photo-error', HTMLElement);
  const view = cropView(find(root, '[data-part="crop"]', HTMLElement), () => {});
  /** Counts what was chosen, so that an answer about a photo before is not taken for this one. */
  let turn = 0;
  /** @type {Blob | null} the last that was chosen */
  let kept = null;
  /** @type {{ blob: Blob, upload: PhotoPermission['upload'] } | null} what is still to be sent */
  let unsent = null;
  /** @type {Promise<boolean>} whether nothing is left to be sent */
  let sending = Promise.resolve(true);
  let done = true;
  let hadFailed = false;

  const tell = (/** @type {string} */ words, /** @type {HTMLElement[]} */ ...more) => status.replaceChildren(words, ...more);
  const refuse = (/** @type {string} */ words) => {
    error.textContent = words;
    show(error, words !== '');
    root.classList.toggle('wrong', words !== '');
  };
  const face = (/** @type {Element[]} */ ...children) => {
    now.replaceChildren(...children);
    show(now, children.length > 0);
    show(find(root, '[data-act="remove"]', HTMLButtonElement), children.length > 0);
  };

  const open = async (/** @type {Blob | null | undefined} */ file) => {
    if (!file) return;
    refuse('');
    tell(say('กำลังเปิดรูป…', 'Opening the picture…'));
    const reader = await import('./picture-file.js').catch(() => null);
    const found = reader ? await reader.read(file) : { refused: unread() };
    tell('');
    if ('refused' in found) refuse(found.refused);
    else view.open(found.picture);
  };

  /** Sends, and says how it went. */
  const send = async () => {
    if (!unsent) return true;
    const mine = turn;
    const { blob, upload } = unsent;
    const words = say('กำลังส่งรูป… ', 'Sending the photo… ');
    tell(words);
    const code = await put(upload, blob, (part) => {
      if (mine === turn) tell(`${words}${Math.round(part * 100)}%`);
    });
    if (mine !== turn) return true;
    if (code >= 200 && code < 300) {
      unsent = null;
      done = true;
      watch(id.value);
      if (hadFailed) finished();
      return true;
    }
    failed(code === 0 || code >= 500 ? '' : say('สิทธิ์ส่งรูปหมดเวลา ', 'The permission has ended. '), () => {
      if (code === 0 || code >= 500) begin();
      else use();
    });
    return false;
  };
  const begin = () => { sending = send(); };

  /** @param {string} why @param {() => void} again */
  const failed = (why, again) => {
    const button = make('button', say('ลองส่งอีกครั้ง', 'Try again'));
    button.type = 'button';
    button.className = 'secondary small';
    button.addEventListener('click', again);
    hadFailed = true;
    tell(`${say('ส่งรูปไม่สำเร็จ ข้อมูลอื่นไม่หาย', 'The photo was not sent. Nothing else is lost.')} ${why}`, button);
  };

  /** Waits for the check, without holding anything up. */
  const watch = async (/** @type {string} */ photo) => {
    const mine = turn;
    tell(say('ส่งรูปแล้ว กำลังตรวจรูป…', 'Sent. The photo is being checked…'));
    const state = await settled(agency, photo);
    if (mine !== turn) return;
    if (state.state === 'ready') return tell(say('รูปพร้อมใช้แล้ว', 'The photo is ready.'));
    if (state.state === 'processing') return tell(say('ส่งรูปแล้ว จะแสดงเมื่อตรวจเสร็จ', 'Sent. It will be shown when it was checked.'));
    tell('');
    id.value = '';
    face();
    return refuse(refusal(state));
  };

  /** Takes the crop as it stands: asks for permission, and begins to send. */
  const use = async () => {
    const blob = view.isOpen() ? await view.encoded() : kept;
    if (!blob) return;
    turn += 1;
    const mine = turn;
    done = false;
    tell(say('กำลังเตรียมรูป…', 'Preparing the photo…'));
    if (view.isOpen()) {
      face(await preview(blob));
      view.close();
    }
    kept = blob;
    unsent = null;
    const answer = await permission(agency, blob);
    if (mine !== turn) return;
    if (!answer.ok) {
      sending = Promise.resolve(false);
      const [first] = answer.problem.errors;
      failed(first ? say(first.detail, first.detail_en) : answer.problem.detail, use);
      return;
    }
    id.value = answer.body.photo;
    unsent = { blob, upload: answer.body.upload };
    begin();
  };

  const remove = () => {
    turn += 1;
    id.value = '';
    kept = null;
    unsent = null;
    done = true;
    hadFailed = false;
    sending = Promise.resolve(true);
    view.close();
    face();
    refuse('');
    tell('');
  };

  for (const input of root.querySelectorAll('input[type="file"]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    input.addEventListener('change', () => {
      open(input.files?.[0]);
      input.value = '';
    });
  }
  find(root, '[data-act="use"]', HTMLButtonElement).addEventListener('click', use);
  find(root, '[data-act="cancel"]', HTMLButtonElement).addEventListener('click', () => view.close());
  find(root, '[data-act="remove"]', HTMLButtonElement).addEventListener('click', remove);
  takesFiles(root, open);

  return {
    /** Shows what is recorded. @param {Photo | null | undefined} photo */
    show(photo) {
      remove();
      if (!photo) return;
      if (photo.state === 'refused') return void refuse(refusal(photo));
      id.value = photo.id;
      if (!photo.large) return void watch(photo.id);
      const image = make('img');
      image.src = photo.large;
      image.alt = say('รูปที่บันทึกไว้', 'The photo on record');
      [image.width, image.height] = [150, 200];
      face(image);
    },
    /** Makes ready what a save needs to know: the name of the photo, not the photo. */
    named: async () => {
      if (view.isOpen()) await use();
    },
    isSent: () => done,
    /** Whether nothing is left to be sent, once that is known. */
    sent: () => sending,
  };
}

/** Why a picture cannot be opened: what reads it is fetched with the first, and the line is down. */
function unread() {
  const { title, detail } = lineDown();
  return `${title} ${detail}`;
}

/**
 * The photo as it will be, drawn: the policy allows no picture that is not a file of the site.
 * @param {Blob} blob
 */
async function preview(blob) {
  const canvas = make('canvas');
  [canvas.width, canvas.height] = [300, 400];
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', say('รูปที่เลือก', 'The chosen photo'));
  const picture = await createImageBitmap(blob);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/**
 * Files that are dropped on the field, or pasted anywhere on the page.
 * @param {HTMLElement} root
 * @param {(file: Blob | null | undefined) => void} open
 */
function takesFiles(root, open) {
  for (const name of ['dragenter', 'dragover']) {
    root.addEventListener(name, (event) => {
      event.preventDefault();
      root.classList.add('over');
    });
  }
  for (const name of ['dragleave', 'drop']) root.addEventListener(name, () => root.classList.remove('over'));
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    open(event.dataTransfer?.files[0]);
  });
  document.addEventListener('paste', (event) => {
    const file = event.clipboardData?.files[0];
    if (!file || root.closest('[hidden]')) return;
    event.preventDefault();
    open(file);
  });
}
