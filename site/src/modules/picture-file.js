/** A chosen file as a picture, or in words why it is none: told by its first bytes, since its name may say anything. */

import { say } from './lang.js';

/** As much as is read into memory. */
const MOST_BYTES = 40_000_000;
/** More pixels than any telephone takes would fill the memory of an office computer. */
const MOST_PIXELS = 120_000_000;
const LEAST = { width: 150, height: 200 };
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

/** @typedef {{ picture: ImageBitmap } | { refused: string }} Read */

/**
 * @param {Blob} file
 * @returns {Promise<Read>}
 */
export async function read(file) {
  if (file.size > MOST_BYTES) {
    return { refused: say(
      `ไฟล์ใหญ่เกินไป (${megabytes(file.size)} MB) กรุณาเลือกรูปไม่เกิน 40 MB`,
      `The file is too large (${megabytes(file.size)} MB). Choose a picture of 40 MB at most.`,
    ) };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const refused = otherKind(bytes);
  if (refused) return { refused };
  const size = declared(new DataView(bytes.buffer));
  if (size && size.width * size.height > MOST_PIXELS) {
    return { refused: say(
      `รูปมีจุดภาพมากเกินไป (${size.width} × ${size.height}) กรุณาย่อรูปก่อน`,
      `The picture has too many pixels (${size.width} × ${size.height}). Please make it smaller first.`,
    ) };
  }
  return decoded(new Blob([bytes]));
}

/** @param {Blob} blob @returns {Promise<Read>} */
async function decoded(blob) {
  let picture;
  try {
    // Turned as the camera says it was held.
    picture = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return { refused: say('เปิดรูปนี้ไม่ได้ ไฟล์อาจเสียหายหรือไม่ครบ กรุณาเลือกรูปอื่น', 'This picture cannot be opened; the file may be damaged. Choose another one.') };
  }
  if (picture.width >= LEAST.width && picture.height >= LEAST.height) return { picture };
  return { refused: say(
    `รูปเล็กเกินไป (${picture.width} × ${picture.height}) ต้องมีอย่างน้อย 150 × 200 จุด`,
    `The picture is too small (${picture.width} × ${picture.height}). It needs 150 × 200 pixels at least.`,
  ) };
}

/** @param {number} size */
function megabytes(size) {
  return Math.round(size / 1_000_000);
}

/**
 * Why a file is neither JPEG nor PNG, and the way out; nothing if it is one of them.
 * @param {Uint8Array} bytes
 */
function otherKind(bytes) {
  const ascii = (/** @type {number} */ from, /** @type {number} */ to) => String.fromCharCode(...bytes.subarray(from, to));
  if (ascii(0, 3) === '\xff\xd8\xff' || ascii(0, 8) === '\x89PNG\r\n\x1a\n') return '';
  if (ascii(4, 8) === 'ftyp' && HEIC.includes(ascii(8, 12))) {
    return say(
      'รูปนี้เป็นไฟล์ HEIC ของ iPhone ซึ่งเบราว์เซอร์เปิดไม่ได้ กดปุ่ม ถ่ายภาพ บนโทรศัพท์ หรือส่งรูปให้ตนเองทาง LINE แล้วเลือกรูปที่ได้กลับมา หรือตั้งกล้องเป็น รูปแบบที่เข้ากันได้มากที่สุด',
      'This is an HEIC file of an iPhone, which browsers cannot open. Take the photo here on the telephone, or send it to yourself by LINE and choose what comes back, or set the camera to Most Compatible.',
    );
  }
  if (ascii(0, 5) === '%PDF-') {
    return say('ไฟล์นี้เป็น PDF ไม่ใช่รูปภาพ กรุณาเลือกไฟล์ JPEG หรือ PNG', 'This is a PDF, not a picture. Choose a JPEG or PNG file.');
  }
  return say('ไฟล์นี้ไม่ใช่รูป JPEG หรือ PNG กรุณาเลือกไฟล์อื่น', 'This is not a JPEG or PNG picture. Choose another file.');
}

/**
 * The size that a file declares, read without decoding it.
 * @param {DataView} bytes
 * @returns {{ width: number, height: number } | null}
 */
export function declared(bytes) {
  const length = bytes.byteLength;
  if (length > 24 && bytes.getUint32(0) === 0x89504e47) return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
  for (let at = 2; at + 9 < length && bytes.getUint8(at) === 0xff;) {
    const marker = bytes.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + bytes.getUint16(at + 2);
  }
  return null;
}
