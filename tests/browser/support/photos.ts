// Pictures for the tests, drawn by the browser: a quarter of a face in each corner, so that a turn can be seen.

import { Buffer } from 'node:buffer';

import type { Page } from '@playwright/test';

export interface File { name: string; mimeType: string; buffer: Buffer }

/** The colours of the corners: left above, right above, left below, right below. */
export const CORNERS = ['#c02020', '#20a020', '#2020c0', '#c0c020'] as const;

/** A JPEG of this size, with the EXIF orientation given: 1 as it is, 6 to be turned to the right. */
export async function jpeg(page: Page, width: number, height: number, orientation = 1): Promise<File> {
  const base64 = await page.evaluate(async ([w, h, colours]) => {
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext('2d');
    if (!context) return '';
    colours.forEach((colour, at) => {
      context.fillStyle = colour;
      context.fillRect((at % 2) * (w / 2), Math.floor(at / 2) * (h / 2), w / 2, h / 2);
    });
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, [width, height, CORNERS] as const);
  const plain = Buffer.from(base64, 'base64');
  const buffer = orientation === 1 ? plain : Buffer.concat([plain.subarray(0, 2), exif(orientation), plain.subarray(2)]);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
}

/** An APP1 segment that says nothing but how the camera was held. */
function exif(orientation: number): Buffer {
  const tiff = Buffer.from([
    0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8, 0, 1,
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** What an iPhone keeps, as far as its first bytes go. */
export const HEIC: File = {
  name: 'IMG_0002.HEIC',
  mimeType: 'image/heic',
  buffer: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]),
};

export const PDF_NAMED_JPG: File = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7\n%...') };
export const PAGE_NAMED_JPG: File = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!DOCTYPE html><script>alert(1)</script>') };

/** A PNG that says it is 20,000 by 20,000 pixels, in a few bytes. */
export const HUGE: File = {
  name: 'huge.png',
  mimeType: 'image/png',
  buffer: Buffer.from('89504e470d0a1a0a0000000d4948445200004e2000004e20080200000000000000', 'hex'),
};
