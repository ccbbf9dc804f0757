// What time does to somebody who is signed in.

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD } from '../support/house.ts';
import { test } from '../support/own-house.ts';

const MINUTE = 60_000;

test('what gives the account away asks for the password once more, and leads back', async ({ own: house }) => {
  test.setTimeout(120_000);
  const own = agency('310001');
  const page = await house.newDevice();
  await house.signedIn(page, own);
  await page.goto('/account');
  await expect(page.locator('#audit')).toBeVisible();
  await house.wait(11 * MINUTE);
  await page.getByText('เปลี่ยนอีเมล', { exact: true }).click();
  await page.getByLabel('อีเมลใหม่').fill('new-mailbox@buriram.test');
  await page.getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(page.getByText('เพื่อความปลอดภัย กรุณาเข้าสู่ระบบอีกครั้ง')).toBeVisible();
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(own.code);
  await page.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page).toHaveURL(/\/account$/);
  await page.getByText('เปลี่ยนอีเมล', { exact: true }).click();
  await page.getByLabel('อีเมลใหม่').fill('new-mailbox@buriram.test');
  await page.getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(page.getByText('ส่งลิงก์ไปที่อีเมลใหม่แล้ว')).toBeVisible();
  await expect(page.locator('#audit')).toContainText('ขอเปลี่ยนอีเมลของบัญชี');
  await page.context().close();
});
