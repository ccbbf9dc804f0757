// An agency answers in a round: from the mail with one button, or signed in; and has its receipt.

import { agency } from '../support/agencies.ts';
import { expect, held, House, PASSWORD } from '../support/house.ts';
import { test } from '../support/own-house.ts';
import { openRound, reminded } from '../support/rounds.ts';
import { signIn } from '../support/screens.ts';

const PHONE = { viewport: { width: 360, height: 740 } };
const PHRAE = agency('540301');

/** An agency with a record, in a round that was opened afterwards; its reminder has come. */
async function asked(house: House): Promise<{ link: string; round: string }> {
  const page = await house.newDevice();
  await house.signedIn(page, PHRAE);
  await house.records(page, PHRAE, held('สมชาย', 'ใจดี'));
  const round = await openRound(await house.newDevice(), house, ['54']);
  return { link: await reminded(house, PHRAE.mailbox), round };
}

test('from the mail: the record as it stands, one button, and a receipt that anybody can check', async ({ own }) => {
  test.setTimeout(180_000);
  const { link } = await asked(own);
  const phone = await own.newDevice(PHONE);
  await phone.goto(link);
  await expect(phone).toHaveURL(/\/confirm$/);
  await expect(phone.locator('#ask')).toContainText(/เหลือ \d+ วัน/);
  await expect(phone.locator('#shown')).toContainText('นายสมชาย ใจดี');
  await expect(phone.locator('#shown')).toContainText('เทศบาลเมืองแพร่');
  await expect(phone.locator('#shown')).not.toContainText('08-6586-2599');
  // Loading it again does not lose the link, and looking has answered nothing.
  await phone.reload();
  await expect(phone.locator('#ask')).toBeVisible();
  await expect(phone.locator('#answered')).toBeHidden();

  await phone.getByRole('button', { name: 'ยังถูกต้อง' }).click();
  await expect(phone.getByRole('heading', { name: 'ได้รับคำตอบแล้ว' })).toBeFocused();
  const number = await phone.locator('#receipt [data-slot="number"]').innerText();
  expect(number).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await expect(phone.locator('#receipt')).toContainText('ยืนยันว่าข้อมูลยังถูกต้อง (ตามกำหนด)');

  // Somebody else checks the receipt, with small letters and without the dash.
  const other = await own.newDevice();
  await other.goto('/');
  await other.getByRole('link', { name: 'ตรวจสอบใบรับ' }).click();
  await other.getByRole('button', { name: 'ตรวจสอบใบรับ' }).click();
  await expect(other.locator('#check [data-part="summary"]')).toBeFocused();
  await other.getByLabel('เลขที่ใบรับ').fill('AAAAA-AAAAA');
  await other.getByRole('button', { name: 'ตรวจสอบใบรับ' }).click();
  await expect(other.getByText('ไม่พบใบรับเลขที่นี้')).toBeVisible();
  await other.getByLabel('เลขที่ใบรับ').fill(number.replace('-', '').toLowerCase());
  await other.getByRole('button', { name: 'ตรวจสอบใบรับ' }).click();
  await expect(other.getByText('ใบรับนี้ถูกต้อง')).toBeFocused();
  await expect(other.locator('#receipt')).toContainText('เทศบาลเมืองแพร่');
  await other.emulateMedia({ media: 'print' });
  await expect(other.locator('#check')).toBeHidden();
  await expect(other.locator('#receipt')).toBeVisible();

  // The mail is opened again: the page says that there is nothing more to do.
  await phone.goto(link);
  await expect(phone.locator('#answered')).toContainText('ตอบรอบนี้แล้ว');
  await expect(phone.locator('#answered a')).toHaveAttribute('href', new RegExp(`/receipt#${number}$`));
});

test('from the mail: a record that was changed meanwhile is asked about again, and the post is recorded as vacant', async ({ own }) => {
  test.setTimeout(180_000);
  const { link } = await asked(own);
  const phone = await own.newDevice(PHONE);
  await phone.goto(link);
  await expect(phone.locator('#ask')).toBeVisible();

  const office = await own.newDevice();
  await office.goto('/sign-in');
  await signIn(office, own, PHRAE);
  await own.edits(office, PHRAE, held('สมหญิง', 'ใจเย็น'));

  await phone.getByRole('button', { name: 'ยังถูกต้อง' }).click();
  await expect(phone.locator('#changed')).toBeFocused();
  await expect(phone.locator('#shown')).toContainText('นายสมหญิง ใจเย็น');
  await phone.getByRole('button', { name: 'ตำแหน่งว่าง' }).click();
  const dialog = phone.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toBeFocused();
  await dialog.getByRole('button', { name: 'ยกเลิก' }).click();
  await phone.getByRole('button', { name: 'ตำแหน่งว่าง' }).click();
  await dialog.getByRole('button', { name: 'ใช่ ตำแหน่งว่าง' }).click();
  await expect(phone.getByRole('heading', { name: 'ได้รับคำตอบแล้ว' })).toBeFocused();
  await expect(phone.locator('#receipt')).toContainText('ตำแหน่งว่าง (ตามกำหนด)');

  // What stands now, who did it, and the way back.
  await office.goto('/office/personnel');
  await expect(office.locator('#current')).toContainText('ตำแหน่งว่าง');
  await expect(office.locator('#tenures')).toContainText('ใจเย็น');
  await office.goto('/account');
  await expect(office.locator('#audit li').first()).toContainText('ผ่านลิงก์ในอีเมลแจ้งเตือน');
  await phone.goto(link);
  await expect(phone.locator('#shown')).toContainText('ไม่มีผู้ดำรงตำแหน่ง');
  await expect(phone.getByRole('button', { name: 'ตำแหน่งว่าง' })).toHaveCount(0);
  await expect(phone.getByRole('button', { name: 'ยังถูกต้อง' })).toContainText('ยังว่างอยู่');
});

test('from the mail: not mine any more, and the next officer takes over; a link cut short says so', async ({ own }) => {
  test.setTimeout(180_000);
  const { link } = await asked(own);
  const phone = await own.newDevice(PHONE);
  await phone.goto(link.slice(0, -6));
  await expect(phone.getByRole('heading', { name: 'ลิงก์ไม่สมบูรณ์' })).toBeFocused();
  await phone.goto(link);
  await phone.getByRole('button', { name: 'ไม่ใช่ของฉันแล้ว' }).click();
  await phone.getByRole('button', { name: 'ใช่ ไม่ใช่ของฉันแล้ว' }).click();
  await expect(phone.getByRole('heading', { name: 'รับทราบแล้ว' })).toBeFocused();
  await phone.getByRole('link', { name: 'ลงทะเบียนรับช่วงบัญชี' }).click();
  await expect(phone.locator('#agency')).toHaveValue(PHRAE.code);
  await expect(phone.locator('[data-part="chosen"]')).toContainText('เทศบาลเมืองแพร่');

  // A line that drops loses nothing.
  const other = await own.newDevice(PHONE);
  await other.route('**/api/confirmations', (route) => route.abort());
  await other.goto(link);
  await expect(other.getByText('ติดต่อระบบไม่ได้')).toBeVisible();
  await other.unroute('**/api/confirmations');
  await other.getByRole('button', { name: 'ลองอีกครั้ง' }).click();
  await expect(other.locator('#ask')).toBeVisible();
});

test('signed in: the deadline is in sight everywhere, in two rounds at once, until they are answered', async ({ own }) => {
  test.setTimeout(240_000);
  const page = await own.newDevice();
  await own.signedIn(page, PHRAE);
  await own.records(page, PHRAE, held('สมชาย', 'ใจดี'));
  await expect(page.locator('#due')).toBeHidden();
  const centre = await own.newDevice();
  await openRound(centre, own, ['54'], { title: 'สำรวจข้อมูลปลัด', due: 12 });
  await openRound(await own.newDevice(), own, ['54'], { title: 'สำรวจตำแหน่งว่าง', due: 3 });
  const due = page.locator('#due li');
  for (const path of ['/office', '/office/personnel', '/office/personnel/view', '/office/personnel/edit', '/account', '/', '/directory', '/manual']) {
    await page.goto(path);
    await expect(due, path).toHaveCount(2);
    await expect(due.first(), path).toContainText('เหลือ 3 วัน');
    await expect(due.last(), path).toContainText('เหลือ 12 วัน');
  }
  // The staff sees none of it, and neither does who signs out.
  await centre.goto('/staff/rounds');
  await expect(centre.locator('article.round')).toHaveCount(2);
  await expect(centre.locator('#due')).toBeHidden();

  await own.wait(6 * 24 * 60 * 60 * 1000);
  await page.goto('/sign-in');
  await signIn(page, own, PHRAE, PASSWORD);
  await expect(due.first()).toContainText('เลยกำหนด 3 วัน ยังตอบได้');
  await due.first().getByRole('link', { name: 'ตรวจและยืนยัน' }).click();
  await page.getByRole('button', { name: 'ยังถูกต้อง' }).click();
  const link = page.getByRole('link', { name: 'ดูและพิมพ์ใบรับ' });
  await expect(link).toBeFocused();
  await expect(due.first()).toContainText('ตอบแล้ว');
  await expect(due.filter({ hasText: 'หลังกำหนด' })).toHaveCount(1);
  await expect(page.locator('#current')).toContainText('ยืนยันล่าสุดเมื่อ');
  await link.click();
  await expect(page.locator('#receipt')).toContainText('สำรวจตำแหน่งว่าง: ยืนยันว่าข้อมูลยังถูกต้อง (หลังกำหนด)');
  await expect(page.locator('#receipt')).toContainText('สำรวจข้อมูลปลัด: ยืนยันว่าข้อมูลยังถูกต้อง (ตามกำหนด)');

  // A change is an answer too, with a receipt of its own; and whoever was slower looks again.
  const before = await due.first().getByRole('link').getAttribute('href');
  await page.goto('/office/personnel');
  await expect(page.locator('#current')).toBeVisible();
  await own.edits(page, PHRAE, held('สมหญิง', 'ใจเย็น'));
  await page.getByRole('button', { name: 'ยังถูกต้อง' }).click();
  await expect(page.getByText('ยังไม่ได้ยืนยัน')).toBeVisible();
  await expect(page.locator('#current')).toContainText('นายสมหญิง ใจเย็น');
  await page.reload();
  await expect(due.first().getByRole('link')).not.toHaveAttribute('href', before ?? '');
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await expect(page.getByText('ออกจากระบบแล้ว')).toBeVisible();
  await expect(page.locator('#due')).toBeHidden();
  await page.waitForLoadState('networkidle');
});
