// Wrong input: a summary that takes the focus, a word at each field, and nothing typed is lost.

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test } from '../support/house.ts';
import { choose, fillPerson } from '../support/screens.ts';

const LAMPANG = agency('520001');

test('a registration that is wrong in every way is mended step by step', async ({ page, house }) => {
  await page.goto('/register');
  const send = page.getByRole('button', { name: 'ลงทะเบียน', exact: true });
  await send.click();
  const summary = page.locator('#register [data-part="summary"]');
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^ต้องแก้ไข/);
  await expect(summary.getByRole('link')).not.toHaveCount(0);
  const email = page.getByLabel('อีเมล (Email)');
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription(/อีเมล/);
  await summary.getByRole('link').filter({ hasText: 'อีเมล' }).click();
  await expect(email).toBeFocused();

  await choose(page, LAMPANG);
  await email.fill('not an address');
  await page.getByLabel('รหัสผ่าน (Password)').fill('123456');
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('123457');
  await send.click();
  await expect(summary.getByRole('listitem')).toHaveText(['รหัสผ่านสองช่องไม่ตรงกัน กรุณากรอกให้เหมือนกัน']);
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('123456');
  await send.click();
  await expect(summary.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByLabel('รหัสผ่าน (Password)')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(LAMPANG.code);

  // Thai digits are digits; a good number is offered.
  await email.fill(LAMPANG.mailbox);
  await page.getByRole('button', { name: 'ช่วยตั้งรหัส 8 หลัก' }).click();
  await expect(page.getByLabel('รหัสผ่าน (Password)')).toHaveValue(/^\d{8}$/);
  await page.getByLabel('รหัสผ่าน (Password)').fill('๘๓๙๒๐๔๗๑');
  await expect(page.getByLabel('รหัสผ่าน (Password)')).toHaveValue(PASSWORD);
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill(PASSWORD);
  await send.click();
  const right = await house.code(LAMPANG.mailbox);
  const code = page.getByLabel('รหัส 8 หลักจากอีเมล');
  await code.fill(right === '00000000' ? '11111111' : '00000000');
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.locator('#confirm [data-part="summary"]')).toBeFocused();
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill(`${right.slice(0, 4)} ${right.slice(4)}`);
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByText('ลงทะเบียนเรียบร้อยแล้ว')).toBeVisible();
});

test('the record says at each field what is missing, and refuses what is none', async ({ page, house }) => {
  const own = agency('640001');
  await house.signedIn(page, own);
  await page.goto('/office/personnel/edit');
  const save = page.getByRole('button', { name: 'บันทึก' });
  const summary = page.locator('#record [data-part="summary"]');
  await save.click();
  await expect(summary).toBeFocused();
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await save.click();
  await expect(summary).toBeFocused();
  for (const label of ['คำนำหน้า', 'นามสกุล', 'ระดับ', 'เบอร์โทรศัพท์']) {
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
  }
  const since = page.locator('[data-date="/post/since"]');
  await fillPerson(page, '<b>สมหญิง</b>', 'รักดี');
  await page.getByLabel('เบอร์โทรศัพท์').fill('12');
  await since.getByLabel('วันที่', { exact: true }).fill('31');
  await since.getByLabel('เดือน').selectOption('กุมภาพันธ์');
  await since.getByLabel('พ.ศ.').fill('2567');
  await save.click();
  await expect(page.getByLabel('เบอร์โทรศัพท์')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#since')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('ชื่อ', { exact: true }).fill('สมหญิง');
  await page.getByLabel('เบอร์โทรศัพท์').fill('0 5400 1163');
  await since.getByLabel('วันที่', { exact: true }).fill('๒๙');
  await save.click();
  await expect(page.locator('#current')).toContainText('นายสมหญิง รักดี');
  await expect(page.locator('#current')).toContainText('29 กุมภาพันธ์ 2567');
});

test('a number that is offered is none that the system reads as a date', async ({ page }) => {
  // What chance gives the first time is the 24th of July 1985, and after that whatever it gives.
  await page.addInitScript(() => {
    const random = crypto.getRandomValues.bind(crypto);
    let asked = 0;
    crypto.getRandomValues = (array) => {
      random(array);
      if (asked++ === 0 && array instanceof Uint8Array) array.set([2, 4, 0, 7, 1, 9, 8, 5]);
      return array;
    };
  });
  await page.goto('/register');
  const password = page.getByLabel('รหัสผ่าน (Password)');
  await page.getByRole('button', { name: 'ช่วยตั้งรหัส 8 หลัก' }).click();
  await expect(password).toHaveValue(/^\d{8}$/);
  await expect(password).not.toHaveValue('24071985');
});
