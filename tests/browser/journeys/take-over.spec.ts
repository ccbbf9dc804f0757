// The officer who had the account has left: another one takes it over after a wait in which the first may object.
// The wait is real for the system, so these tests have a house, and a clock, of their own.

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, type House } from '../support/house.ts';
import { test } from '../support/own-house.ts';
import { register, signIn } from '../support/screens.ts';
import { officer } from '../support/staff.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

/** An account that belongs to an officer's own address, as an office approved it. */
async function ownedByOfficer(house: House, code: string, email: string, province: string) {
  const page = await house.newDevice();
  const own = agency(code);
  await page.goto('/');
  await register(page, own, email);
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(email));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันอีเมลแล้ว รอการอนุมัติ' })).toBeFocused();
  const desk = await house.newDevice();
  await officer(desk, house, `desk-${code}@province.test`, { role: 'province', province });
  await desk.getByRole('button', { name: 'อนุมัติ', exact: true }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'อนุมัติ' }).click();
  await expect(desk.locator('#status')).toContainText('เข้าใช้งานได้ทันที');
  await page.goto('/sign-in');
  await signIn(page, house, { ...own, mailbox: email });
  return { page, desk };
}

test('nobody objects: the account goes over when the week is over, and not before', async ({ own: house }) => {
  test.setTimeout(120_000);
  const own = agency('330001');
  const before = 'left@sisaket.test';
  const { page: first, desk } = await ownedByOfficer(house, own.code, before, '33');

  const page = await house.newDevice();
  await page.goto('/');
  await register(page, own);
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(own.mailbox));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันแล้ว รอครบกำหนดรับช่วงบัญชี' })).toBeFocused();
  await expect(page.locator('#waiting [data-slot="from"]')).toHaveText(/^\d+ \S+ 25\d\d เวลา/);

  // The owner hears of it by mail and on the screen.
  await house.mail(before, /\/objection#/);
  await first.goto('/office');
  await first.getByRole('link', { name: 'ตรวจสอบหรือคัดค้าน' }).click();
  await expect(first.getByRole('heading', { name: 'มีผู้ขอรับช่วงบัญชีนี้' })).toBeVisible();

  const link = await house.link(own.mailbox, '/takeover');
  await page.goto(link);
  await expect(page).toHaveURL(/\/takeover$/);
  const take = page.getByRole('button', { name: 'รับช่วงบัญชี' });
  await take.click();
  await expect(page.locator('#link [data-part="summary"]')).toContainText(/วันที่ \d+ \S+ 25\d\d/);

  await house.wait(WEEK + MINUTE);
  await take.click();
  await expect(page.getByRole('heading', { name: 'รับช่วงบัญชีแล้ว' })).toBeFocused();
  await house.mail(before, /เป็นของอีเมลอื่นแล้ว/);
  await page.getByRole('link', { name: 'เข้าสู่ระบบ' }).last().click();
  await signIn(page, house, own);
  await page.goto('/account');
  await expect(page.locator('#account [data-slot="email"]')).toHaveText(own.mailbox);
  await expect(page.locator('#audit')).toContainText('บัญชีย้ายไปยังอีเมลอื่น');
  for (const each of [first, desk, page]) await each.context().close();
});

test('the owner objects: the province decides', async ({ own: house }) => {
  test.setTimeout(120_000);
  const own = agency('320001');
  const owner = 'still-here@surin.test';
  const { page: first, desk } = await ownedByOfficer(house, own.code, owner, '32');

  const page = await house.newDevice();
  await page.goto('/');
  await register(page, own);
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(own.mailbox));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันแล้ว รอครบกำหนดรับช่วงบัญชี' })).toBeFocused();

  await first.goto('/account');
  await first.getByRole('button', { name: 'คัดค้าน' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'คัดค้าน' }).click();
  await expect(first.getByText('คัดค้านแล้ว')).toBeVisible();
  await expect(first.getByRole('heading', { name: 'มีผู้ขอรับช่วงบัญชีนี้' })).toBeHidden();
  // The mailed link has nothing left to do.
  await first.goto(await house.link(owner, '/objection'));
  await first.getByRole('button', { name: 'คัดค้าน' }).click();
  await expect(first.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();

  await desk.reload();
  const claim = desk.locator('#claims article').filter({ hasText: own.mailbox });
  await expect(claim).toContainText('มีผู้คัดค้าน');
  await claim.getByRole('button', { name: 'ไม่อนุมัติ' }).click();
  await desk.getByRole('dialog').getByLabel('เหตุผล').selectOption('หน่วยงานลงทะเบียนซ้ำ');
  await desk.getByRole('dialog').getByRole('button', { name: 'ไม่อนุมัติ' }).click();
  await expect(desk.locator('#count')).toHaveText('ไม่มีคำขอที่รอพิจารณา');

  await page.goto(await house.link(own.mailbox, '/takeover'));
  await page.getByRole('button', { name: 'รับช่วงบัญชี' }).click();
  await expect(page.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();
  await first.goto('/sign-in');
  await signIn(first, house, { ...own, mailbox: owner }, PASSWORD);
  for (const each of [first, desk, page]) await each.context().close();
});
