// The proofs beside the mailed code: the code of the official letter, and a call from the province.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test, type House } from '../support/house.ts';
import { choose, register, signIn } from '../support/screens.ts';
import { officer } from '../support/staff.ts';
import { runner } from '../support/start.ts';

/** Prints the letters of a province, and gives what stands in the one to this agency: the code and the QR's link. */
function letter(house: House, province: string, code: string): { typed: string; link: string } {
  const file = join(house.data, `letters-${province}.html`);
  execFileSync(runner(), ['--data', house.data, 'letter-codes', '--province', province, '--out', file], { stdio: 'pipe' });
  const html = readFileSync(file, 'utf8');
  const page = html.split(/<(?:section|article)\b/).find((part) => part.includes(agency(code).name)) ?? html;
  const typed = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(page)?.[0] ?? '';
  return { typed, link: `/register#${code}.${typed}` };
}

test('the QR code of a letter leads to the form with agency and code', async ({ page, house }) => {
  const own = agency('440001');
  const { typed, link } = letter(house, '44', own.code);
  expect(typed).not.toBe('');
  await page.goto(link);
  await expect(page).toHaveURL(`${house.url}/register`);
  await expect(page.getByText('รับรหัสจากหนังสือไว้แล้ว')).toBeVisible();
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(own.code);
  await page.getByLabel('อีเมล (Email)').fill('deputy@mahasarakham.test');
  await page.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill(PASSWORD);
  await page.getByRole('button', { name: 'ลงทะเบียน', exact: true }).click();

  // The letter comes first, filled in.
  await expect(page.getByRole('heading', { name: 'มีหนังสือราชการแจ้งรหัส' })).toBeFocused();
  const code = page.getByLabel('รหัส 10 ตัวจากหนังสือ');
  await expect(code).toHaveValue(typed);
  await page.getByRole('button', { name: 'ใช้รหัสจากหนังสือ' }).click();
  await expect(page.getByText('ลงทะเบียนเรียบร้อยแล้ว')).toBeVisible();
  await signIn(page, house, { ...own, mailbox: 'deputy@mahasarakham.test' });
});

test('the code of a letter is typed by hand, wrong at first', async ({ page, house }) => {
  const own = agency('450001');
  const { typed } = letter(house, '45', own.code);
  await page.goto('/');
  await register(page, own, 'deputy@roiet.test');
  const code = page.getByLabel('รหัส 10 ตัวจากหนังสือ');
  await code.fill('00000-00000');
  await page.getByRole('button', { name: 'ใช้รหัสจากหนังสือ' }).click();
  await expect(page.locator('#letter [data-part="summary"]')).toBeFocused();
  await expect(page.locator('#letter_code-error')).toContainText('ไม่ถูกต้อง');
  await code.fill(typed.toLowerCase().replace('-', ' '));
  await page.getByRole('button', { name: 'ใช้รหัสจากหนังสือ' }).click();
  await expect(page.getByText('ลงทะเบียนเรียบร้อยแล้ว')).toBeVisible();
});

test('an officer of the province calls back, approves one claim and refuses another', async ({ page, house }) => {
  const own = agency('460001');
  const email = 'officer@kalasin.test';
  await page.goto('/');
  await register(page, own, email);
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(email));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByRole('heading', { name: 'ยืนยันอีเมลแล้ว รอการอนุมัติ' })).toBeFocused();

  const stranger = await house.newDevice();
  await stranger.goto('/');
  await register(stranger, own, 'stranger@elsewhere.test');
  await stranger.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code('stranger@elsewhere.test'));
  await stranger.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(stranger.getByRole('heading', { name: 'ยืนยันอีเมลแล้ว รอการอนุมัติ' })).toBeFocused();

  const desk = await house.newDevice();
  await officer(desk, house, 'desk@kalasin.test', { role: 'province', province: '46' });
  await expect(desk.locator('#count')).toHaveText('2 คำขอ');
  const of = (address: string) =>
    desk.locator('#claims article').filter({ has: desk.locator('[data-slot="email"]', { hasText: address }) });
  const claim = of(email);
  await expect(claim).toContainText('มีผู้ขอหน่วยงานนี้อีก 1 ราย');
  await expect(claim.getByRole('listitem')).toContainText('stranger@elsewhere.test · รออนุมัติ');
  const other = of('stranger@elsewhere.test');
  await other.getByRole('button', { name: 'ไม่อนุมัติ' }).click();
  const dialog = desk.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'ไม่อนุมัติคำขอนี้?' })).toBeFocused();
  await dialog.getByLabel('เหตุผล').selectOption('สอบถามหน่วยงานแล้ว ไม่พบผู้ลงทะเบียน');
  await dialog.getByRole('button', { name: 'ไม่อนุมัติ' }).click();
  await expect(desk.locator('#status')).toContainText('ไม่อนุมัติคำขอของ');
  await house.mail('stranger@elsewhere.test', /ไม่พบผู้ลงทะเบียน/);
  await expect(desk.locator('#count')).toHaveText('1 คำขอ');

  await claim.getByRole('button', { name: 'อนุมัติ', exact: true }).click();
  await expect(dialog).toContainText('โปรดโทรกลับหน่วยงานตามหมายเลขในบัญชีรายชื่อก่อน');
  await dialog.getByRole('button', { name: 'อนุมัติ' }).click();
  await expect(desk.locator('#status')).toContainText('เข้าใช้งานได้ทันที');
  await expect(desk.locator('#count')).toHaveText('ไม่มีคำขอที่รอพิจารณา');
  await house.mail(email, /ใช้งานได้แล้ว/);
  await page.goto('/sign-in');
  await choose(page, own);
  await signIn(page, house, { ...own, mailbox: email });
  await desk.context().close();
  await stranger.context().close();
});
