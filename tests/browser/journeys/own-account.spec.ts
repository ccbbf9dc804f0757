// The agency's account: who changed what, another address, another officer, every device signed out.

import type { Page } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, held, PASSWORD, test } from '../support/house.ts';
import { signIn } from '../support/screens.ts';

const audit = (page: Page, words: string | RegExp) => page.locator('#audit li').filter({ hasText: words });

test('an agency sees who changed what and when, page by page', async ({ page, house }) => {
  const own = agency('340001');
  await house.signedIn(page, own);
  await house.records(page, own, held('สมชาย', 'ใจดี'));
  for (const level of Array.from({ length: 25 }, (_, number) => `ใจดี${'ก'.repeat(number % 5)}`)) await house.edits(page, own, held('สมชาย', level));
  await page.goto('/office');
  await page.getByRole('link', { name: 'บัญชีของหน่วยงาน' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('บัญชีของหน่วยงาน');
  await expect(page.locator('#account')).toContainText(own.mailbox);
  await expect(page.locator('#devices li')).toHaveCount(1);
  await expect(page.locator('#devices')).toContainText('เครื่องนี้');
  await expect(audit(page, 'แก้ไขข้อมูลปลัด').first()).toContainText(/โดยหน่วยงาน.* เมื่อ \d+ \S+ 25\d\d/);
  const more = page.getByRole('button', { name: 'แสดงก่อนหน้านี้' });
  while (await more.isVisible()) {
    const before = await page.locator('#audit li').count();
    await more.click();
    await expect(page.locator('#audit li')).not.toHaveCount(before);
  }
  await expect(audit(page, 'เพิ่มข้อมูลปลัด')).toHaveCount(1);
  await expect(audit(page, 'เปิดบัญชีของหน่วยงาน (ยืนยันด้วยอีเมลทางการของหน่วยงาน)')).toHaveCount(1);
});

test('the address is changed from the mailbox of the new one, and the old one can take it back', async ({ page, house }) => {
  const own = agency('350001');
  const other = 'new-mailbox@yasothon.test';
  await house.signedIn(page, own);
  await page.goto('/account');
  await page.getByText('เปลี่ยนอีเมล', { exact: true }).click();
  await page.getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(page.locator('#email-form [data-part="summary"]')).toBeFocused();
  await page.getByLabel('อีเมลใหม่').fill(other);
  await page.getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(page.getByText('ส่งลิงก์ไปที่อีเมลใหม่แล้ว')).toBeVisible();

  const device = await house.newDevice();
  const link = await house.link(other, '/email');
  await device.goto(link);
  await expect(device).toHaveURL(/\/email$/);
  await device.getByRole('button', { name: 'ใช้อีเมลนี้' }).click();
  await expect(device.getByRole('heading', { name: 'เปลี่ยนอีเมลแล้ว' })).toBeFocused();
  await page.reload();
  await expect(page.locator('#account [data-slot="email"]')).toHaveText(other);
  await device.goto(link);
  await device.getByRole('button', { name: 'ใช้อีเมลนี้' }).click();
  await expect(device.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();

  await device.goto(await house.link(own.mailbox, '/email/undo'));
  const before = Date.now();
  await device.getByRole('button', { name: 'กลับไปใช้อีเมลเดิม' }).click();
  await expect(device.getByRole('heading', { name: 'กลับมาใช้อีเมลเดิมแล้ว' })).toBeFocused();
  await house.link(own.mailbox, '/reset/new', before);
  await page.goto('/account');
  await expect(page.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
  await device.context().close();
});

test('an officer hands the account over to a successor', async ({ page, house }) => {
  const own = agency('360001');
  const successor = { ...own, mailbox: 'successor@chaiyaphum.test' };
  await house.signedIn(page, own);
  await page.goto('/account');
  const address = page.getByLabel('อีเมลของผู้รับช่วงต่อ');
  await address.fill('nobody');
  await page.getByRole('button', { name: 'ส่งมอบ', exact: true }).click();
  await expect(page.locator('#successor-error')).toBeVisible();
  await address.fill('mistaken@chaiyaphum.test');
  await page.getByRole('button', { name: 'ส่งมอบ', exact: true }).click();
  await expect(page.locator('#handing')).toContainText('mistaken@chaiyaphum.test');
  await page.getByRole('button', { name: 'ยกเลิกการส่งมอบ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ยกเลิกการส่งมอบ' }).click();
  await expect(page.getByText('ยกเลิกการส่งมอบแล้ว')).toBeVisible();
  await address.fill(successor.mailbox);
  await page.getByRole('button', { name: 'ส่งมอบ', exact: true }).click();
  await expect(page.locator('#handing')).toContainText(successor.mailbox);

  const device = await house.newDevice();
  await device.goto(await house.link('mistaken@chaiyaphum.test', '/handover'));
  await device.getByLabel('รหัสผ่าน (Password)').fill('60284715');
  await device.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('60284715');
  await device.getByRole('button', { name: 'รับมอบบัญชี' }).click();
  await expect(device.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();

  await device.goto(await house.link(successor.mailbox, '/handover'));
  await device.getByLabel('รหัสผ่าน (Password)').fill('60284715');
  await device.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('60284715');
  await device.getByRole('button', { name: 'รับมอบบัญชี' }).click();
  await expect(device.getByText('รับมอบบัญชีแล้ว')).toBeVisible();
  await signIn(device, house, successor, '60284715');
  await device.goto('/account');
  await expect(audit(device, 'ผู้รับช่วงรับมอบบัญชีแล้ว')).toHaveCount(1);

  // The officer before is out, and knows it by mail.
  await house.mail(own.mailbox, /ส่งมอบ|รับมอบ/);
  await page.goto('/office');
  await expect(page.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
  await device.context().close();
});

test('every device is signed out, after a question', async ({ page, house }) => {
  const own = agency('370001');
  await house.signedIn(page, own);
  const device = await house.newDevice();
  await device.goto('/sign-in');
  await signIn(device, house, own, PASSWORD);
  await page.goto('/account');
  await expect(page.locator('#devices li')).toHaveCount(2);
  await page.getByRole('button', { name: 'ออกจากระบบทุกเครื่อง' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'ยกเลิก' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'ออกจากระบบทุกเครื่อง' }).click();
  await dialog.getByRole('button', { name: 'ออกจากระบบทุกเครื่อง' }).click();
  await expect(page.getByText('ออกจากระบบทุกเครื่องแล้ว')).toBeVisible();
  await device.goto('/office');
  await expect(device.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
  await device.context().close();
});
