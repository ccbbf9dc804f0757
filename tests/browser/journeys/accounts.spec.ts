// Ways in and back in: another device, a forgotten password, another address than the official one.

import { execFileSync } from 'node:child_process';

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test } from '../support/house.ts';
import { choose, register, signIn } from '../support/screens.ts';
import { runner } from '../support/start.ts';

test('a new device needs the mailed code, and is known after it', async ({ page, house }) => {
  const own = agency('510001');
  await house.signedIn(page, own);
  const device = await house.newDevice();
  await device.goto('/sign-in');
  const before = Date.now();
  await choose(device, own);
  await device.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await device.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(device.getByRole('heading', { name: 'ยืนยันอุปกรณ์นี้' })).toBeFocused();
  const right = await house.code(own.mailbox, before);
  const code = device.getByLabel('รหัส 8 หลักจากอีเมล');
  await code.fill(right === '00000000' ? '11111111' : '00000000');
  await device.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(device.locator('#confirm [data-part="summary"]')).toBeFocused();
  await code.fill(right);
  await device.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(device.getByRole('heading', { name: 'หน่วยงานของท่าน' })).toBeVisible();

  // Signed out and in again: no code is asked for.
  await device.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await expect(device.getByText('ออกจากระบบแล้ว')).toBeVisible();
  await expect(device.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(own.code);
  await device.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await device.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(device.getByRole('heading', { name: 'หน่วยงานของท่าน' })).toBeVisible();
  await device.context().close();
});

test('a forgotten password is set anew by mail, once', async ({ page, house }) => {
  const own = agency('500001');
  await house.signedIn(page, own);
  const device = await house.newDevice();
  await device.goto('/sign-in');
  await device.getByRole('link', { name: 'ลืมรหัสผ่าน', exact: true }).click();
  await choose(device, own);
  await device.getByLabel('อีเมลที่ลงทะเบียนไว้').fill(own.mailbox);
  await device.getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(device.getByRole('heading', { name: 'โปรดดูอีเมล' })).toBeFocused();
  const [link] = /https?:\/\/\S+\/reset\/new#\S+/.exec(await house.mail(own.mailbox, /\/reset\/new#/)) ?? [];
  const path = new URL(link ?? '');
  await device.goto(path.pathname + path.hash);
  await expect(device).toHaveURL(/\/reset\/new$/);
  await device.getByLabel('รหัสผ่าน (Password)').fill('60284715');
  await device.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('60284715');
  await device.getByRole('button', { name: 'บันทึกรหัสผ่าน' }).click();
  await expect(device.getByText('ตั้งรหัสผ่านใหม่แล้ว')).toBeVisible();
  await signIn(device, house, own, '60284715');

  // The session that was open elsewhere has ended, and the link is spent.
  await page.goto('/office');
  await expect(page.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
  await page.goto(path.pathname + path.hash);
  await page.getByLabel('รหัสผ่าน (Password)').fill('71395826');
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill('71395826');
  await page.getByRole('button', { name: 'บันทึกรหัสผ่าน' }).click();
  await expect(page.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();
  await device.context().close();
});

test('another address waits until it is approved', async ({ page, house }) => {
  const own = agency('560001');
  const email = 'officer-at-home@example.test';
  await page.goto('/');
  const begun = page.waitForResponse((response) => response.url().endsWith('/api/registrations'));
  await register(page, own, email);
  const { claim } = await (await begun).json();
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(email));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันอีเมลแล้ว รอการอนุมัติ' })).toBeFocused();

  // Until then the right password opens nothing, and nothing tells why.
  await page.goto('/sign-in');
  await choose(page, own);
  await page.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันอุปกรณ์นี้' })).toBeVisible();
  await page.getByRole('button', { name: 'กลับไปกรอกใหม่' }).click();

  execFileSync(runner(), ['--data', process.env.PALAD_DATA ?? '', 'approve', claim]);
  await house.mail(email, /ใช้งานได้แล้ว/);
  await page.goto('/sign-in');
  await signIn(page, house, { ...own, mailbox: email });
  await expect(page.getByRole('rowheader')).toContainText('พะเยา');
});
