// A photo from the disk to the directory: sent straight to the bucket, on another origin, while the form is saved.

import type { Page } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, held, test, type House } from '../support/house.ts';
import { jpeg } from '../support/photos.ts';
import { fillPerson, search } from '../support/screens.ts';

const BUCKET = /127\.0\.0\.1/;

async function crop(page: Page): Promise<void> {
  // Nobody chooses a photo before the form is shown, and what is not shown takes no focus.
  await expect(page.getByRole('button', { name: 'บันทึก' })).toBeVisible();
  await page.locator('#photo-file').setInputFiles(await jpeg(page, 2400, 3200, 6));
  await expect(page.locator('[data-part="stage"]')).toBeFocused();
}

async function toForm(page: Page, house: House, code: string): Promise<void> {
  await house.signedIn(page, agency(code));
  await page.goto('/office/personnel/edit');
}

test('a record with its photo, from the disk to the search', async ({ page, house }) => {
  await toForm(page, house, '700001');
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await fillPerson(page, 'ประเสริฐ', 'ยิ้มแย้ม');
  await crop(page);
  await page.getByRole('button', { name: 'ใช้รูปนี้' }).click();
  await expect(page.locator('[data-part="photo-state"]')).toContainText('รูปพร้อมใช้แล้ว', { timeout: 20_000 });
  await page.getByRole('button', { name: 'บันทึก' }).click();
  const face = page.locator('#current .face img');
  await expect(face).toBeVisible();
  await expect(page.locator('#current')).not.toContainText('ยังไม่ครบ');
  await expect.poll(() => face.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([96, 128]);
  await page.getByRole('link', { name: 'คน' }).click();
  await expect(page.locator('#view .face img')).toBeVisible();
  await expect.poll(() => page.locator('#view .face img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(600);
  await search(page, 'ยิ้มแย้ม');
  const listed = page.locator('#results .face img').first();
  await expect(listed).toHaveAttribute('loading', 'lazy');
  const small = await page.request.get(await listed.evaluate((image: HTMLImageElement) => image.src));
  expect((await small.body()).length).toBeLessThanOrEqual(12_000);

  // A slip of the pen keeps the photo; another person does not.
  await page.goto('/office/personnel/edit');
  await expect(page.locator('[data-part="now"] img')).toBeVisible();
  await page.getByLabel('ระดับ').fill('บริหารท้องถิ่น ระดับสูง');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.locator('#current .face img')).toBeVisible();
  await page.getByRole('link', { name: 'ดินสอ' }).click();
  await page.getByLabel('ชื่อ', { exact: true }).fill('คนใหม่');
  await page.getByLabel('นามสกุล').fill('มาแทน');
  await page.getByLabel('เปลี่ยนคน').check();
  await expect(page.locator('[data-part="now"] img')).toHaveCount(0);
  await page.getByLabel('เหตุที่พ้นจากหน้าที่').selectOption('โอนย้าย');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.locator('#current')).toContainText('คนใหม่ มาแทน');
  await expect(page.locator('#current')).toContainText('ยังไม่ครบ: ขาดรูปภาพ');
});

test('a save does not wait for the check, and the photo comes by itself', async ({ page, house }) => {
  await toForm(page, house, '710001');
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await fillPerson(page, 'รวดเร็ว', 'ทันใจ');
  await crop(page);
  // Not even ใช้รูปนี้ was pressed: what is in the frame is what is meant.
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.locator('#current')).toContainText('นายรวดเร็ว ทันใจ');
  await expect(page.locator('#current .face img')).toBeVisible({ timeout: 20_000 });
});

test('an upload that fails loses nothing, and is made good', async ({ page, house }) => {
  await toForm(page, house, '720001');
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await fillPerson(page, 'อุตสาหะ', 'ไม่ท้อ');
  let broken = true;
  await page.route((url) => BUCKET.test(url.host) && url.pathname !== '/', (route) => (broken ? route.abort() : route.continue()));
  await crop(page);
  await page.getByRole('button', { name: 'ใช้รูปนี้' }).click();
  const again = page.getByRole('button', { name: 'ลองส่งอีกครั้ง' });
  await expect(again).toBeVisible();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกข้อมูลแล้ว แต่รูปยังส่งไม่สำเร็จ')).toBeVisible();
  broken = false;
  await again.click();
  await expect(page.locator('#current')).toContainText('นายอุตสาหะ ไม่ท้อ');
  await expect(page.locator('#current .face img')).toBeVisible({ timeout: 20_000 });
  // The abort is what the test did.
  house.complaints.splice(0, house.complaints.length, ...house.complaints.filter((line) => !line.includes('net::ERR_FAILED')));
});

test('a deleted record takes its photo from the public, and brings it back', async ({ page, house }) => {
  const own = agency('730001');
  await house.signedIn(page, own);
  await house.records(page, own, held('ลบแล้ว', 'กลับมา'));
  await page.goto('/office/personnel/edit');
  await expect(page.getByLabel('นามสกุล')).toHaveValue('กลับมา');
  await crop(page);
  await page.getByRole('button', { name: 'บันทึก' }).click();
  const face = page.locator('#current .face img');
  await expect(face).toBeVisible({ timeout: 20_000 });
  const address = await face.evaluate((image: HTMLImageElement) => image.src);
  await page.getByRole('button', { name: 'ถังขยะ' }).click();
  await expect.poll(async () => (await page.request.get(address)).status(), { timeout: 20_000 }).toBe(404);
  await page.getByRole('button', { name: 'เลิกทำ' }).click();
  await expect.poll(async () => (await page.request.get(address)).status(), { timeout: 20_000 }).toBe(200);
});
