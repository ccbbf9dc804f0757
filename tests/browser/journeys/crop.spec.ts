// The crop by itself, on the page of parts: its arithmetic, its keys and buttons, and what it refuses.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/house.ts';
import { HEIC, HUGE, PAGE_NAMED_JPG, PDF_NAMED_JPG, jpeg } from '../support/photos.ts';

const choose = (page: Page) => page.locator('#photo-file');
const stage = (page: Page) => page.getByRole('group', { name: 'กรอบรูป 3 ต่อ 4' });

/** The colours of the four corners of the crop, as red, green, blue or yellow. */
function corners(page: Page): Promise<string[]> {
  return page.locator('[data-part="stage"] canvas').evaluate((stage: HTMLCanvasElement) => {
    // Read from a copy: Chromium complains of whoever reads from a canvas that was made to be drawn on.
    const canvas = new OffscreenCanvas(stage.width, stage.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(stage, 0, 0);
    const at = (x: number, y: number): string => {
      const [r = 0, g = 0, b = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
      if (r > 128 && g > 128) return 'yellow';
      return r > 128 ? 'red' : g > 128 ? 'green' : b > 128 ? 'blue' : `${r} ${g} ${b}`;
    };
    const [right, below] = [canvas.width - 4, canvas.height - 4];
    return [at(4, 4), at(right, 4), at(4, below), at(right, below)];
  });
}

test.beforeEach(async ({ page }) => {
  await page.goto('/parts');
  await expect(page.locator('#photo-part')).toBeVisible();
});

test('a photo is cropped by keys and by buttons', async ({ page }) => {
  await choose(page).setInputFiles(await jpeg(page, 3000, 2000));
  await expect(stage(page)).toBeFocused();
  expect(await corners(page)).toEqual(['red', 'green', 'blue', 'yellow']);
  await page.keyboard.press(']');
  expect(await corners(page)).toEqual(['blue', 'red', 'yellow', 'green']);
  await page.getByRole('button', { name: 'หมุนซ้าย' }).click();
  expect(await corners(page)).toEqual(['red', 'green', 'blue', 'yellow']);
  for (let pressed = 0; pressed < 20; pressed += 1) await page.getByRole('button', { name: 'ขยาย' }).click();
  await stage(page).focus();
  for (let pressed = 0; pressed < 60; pressed += 1) await page.keyboard.press('ArrowRight');
  for (let pressed = 0; pressed < 60; pressed += 1) await page.keyboard.press('ArrowDown');
  expect(await corners(page)).toEqual(['red', 'red', 'red', 'red']);
  await page.getByRole('button', { name: 'กลับเป็นอย่างแรก' }).click();
  expect(await corners(page)).toEqual(['red', 'green', 'blue', 'yellow']);

  // Dragging does the same, for who can.
  const box = await page.locator('[data-part="stage"] canvas').boundingBox();
  if (!box) throw new Error('no canvas');
  await page.keyboard.press('+');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  for (let moves = 0; moves < 12; moves += 1) await page.mouse.move(box.x + 20 + moves * 40, box.y + 20);
  await page.mouse.up();
  expect((await corners(page))[1]).toBe('red');
});

test('a photo is turned as the camera was held', async ({ page }) => {
  await choose(page).setInputFiles(await jpeg(page, 1200, 900, 6));
  await expect(stage(page)).toBeVisible();
  expect(await corners(page)).toEqual(['blue', 'red', 'yellow', 'green']);
});

test('what is no photo is refused in words, with the way out', async ({ page }) => {
  const error = page.locator('#photo-error');
  for (const [file, words] of [[HEIC, 'HEIC'], [PDF_NAMED_JPG, 'PDF'], [PAGE_NAMED_JPG, 'ไม่ใช่รูป JPEG หรือ PNG'], [HUGE, 'จุดภาพมากเกินไป']] as const) {
    await choose(page).setInputFiles(file);
    await expect(error).toContainText(words);
    await expect(stage(page)).toBeHidden();
  }
  const whole = await jpeg(page, 1200, 1600);
  await choose(page).setInputFiles({ ...whole, buffer: whole.buffer.subarray(0, 60) });
  await expect(error).toContainText('เปิดรูปนี้ไม่ได้');
  await choose(page).setInputFiles(await jpeg(page, 120, 160));
  await expect(error).toContainText('รูปเล็กเกินไป');
  await choose(page).setInputFiles(whole);
  await expect(error).toBeHidden();
  await expect(stage(page)).toBeVisible();
});

test('a photo is pasted, and dropped', async ({ page }) => {
  const base64 = (await jpeg(page, 600, 800)).buffer.toString('base64');
  for (const type of ['paste', 'drop'] as const) {
    await page.evaluate(([kind, data]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], 'x.jpg', { type: 'image/jpeg' }));
      const target = document.getElementById('photo-part');
      target?.dispatchEvent(kind === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, [type, base64] as const);
    await expect(stage(page)).toBeVisible();
    await page.getByRole('button', { name: 'ไม่ใช้' }).click();
    await expect(stage(page)).toBeHidden();
  }
});
