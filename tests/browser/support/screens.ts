// The screens as an officer uses them: by the words that stand on them.

import { expect, type Page } from '@playwright/test';

import type { Agency } from './agencies.ts';
import { PASSWORD, type House } from './house.ts';

/** Chooses the agency: the province first, then the name. */
export async function choose(page: Page, agency: Agency): Promise<void> {
  await page.getByLabel('จังหวัด', { exact: true }).selectOption({ label: agency.province });
  const names = page.getByLabel('ชื่อหน่วยงาน', { exact: true });
  await expect(names.locator(`option[value="${agency.code}"]`)).toBeAttached();
  await names.selectOption(agency.code);
}

/** ลงทะเบียน, up to the question for the code. */
export async function register(page: Page, agency: Agency, email = agency.mailbox): Promise<void> {
  await page.getByRole('navigation', { name: 'เมนูหลัก' }).getByRole('link', { name: 'ลงทะเบียน' }).click();
  await choose(page, agency);
  await page.getByLabel('อีเมล (Email)').fill(email);
  await page.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง').fill(PASSWORD);
  await page.getByRole('button', { name: 'ลงทะเบียน', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'กรอกรหัสจากอีเมล' })).toBeFocused();
}

/** เข้าสู่ระบบ, with the mailed code where it is asked for. */
export async function signIn(page: Page, house: House, agency: Agency, password = PASSWORD): Promise<void> {
  const before = Date.now();
  await choose(page, agency);
  await page.getByLabel('รหัสผ่าน (Password)').fill(password);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  const asked = page.getByRole('heading', { name: 'ยืนยันอุปกรณ์นี้' });
  const office = page.getByRole('heading', { name: 'หน่วยงานของท่าน' });
  await expect(asked.or(office)).toBeVisible();
  if (await asked.isVisible()) {
    await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(agency.mailbox, before));
    await page.getByRole('button', { name: 'ยืนยัน' }).click();
  }
  await expect(office).toBeVisible();
}

/** Fills the person of the record's form. */
export async function fillPerson(page: Page, first: string, last: string): Promise<void> {
  await page.getByLabel('คำนำหน้า').fill('นาย');
  await page.getByLabel('ชื่อ', { exact: true }).fill(first);
  await page.getByLabel('นามสกุล').fill(last);
  await page.getByLabel('ตำแหน่ง', { exact: true }).fill('ปลัดเทศบาล');
  await page.getByLabel('ระดับ').fill('บริหารท้องถิ่น ระดับกลาง');
  await page.getByLabel('เบอร์โทรศัพท์').fill('๐ ๕๔๕๓ ๔๑๑๙ ต่อ ๒๐๓');
}

/** The search, by what is typed into it. */
export async function search(page: Page, words: string): Promise<void> {
  await page.goto(`/directory?q=${encodeURIComponent(words)}`);
  await expect(page.locator('#count')).not.toBeEmpty();
}
