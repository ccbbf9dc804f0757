// The same journey without a pointer: Tab, Enter, Space and the arrows, and nothing else.

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test } from '../support/house.ts';
import type { Locator, Page } from '@playwright/test';

const NAN = agency('550001');
const MOST = 80;

async function until(page: Page, key: string, done: () => Promise<boolean>): Promise<void> {
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    if (await done()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} did not get there`);
}

/** Goes on by Tab until this has the focus, which can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await until(page, 'Tab', () => target.evaluate((element) => element === document.activeElement));
  await expect(target).toBeInViewport();
}

async function type(page: Page, target: Locator, words: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.insertText(words);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

test('everything can be done by keyboard alone', async ({ page, house }) => {
  await page.goto('/register');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'ข้ามไปยังเนื้อหา' })).toBeFocused();
  await page.keyboard.press('Enter');

  // By name from the whole country.
  await press(page, page.locator('summary').filter({ hasText: 'ค้นหาจากชื่อ' }));
  const box = page.getByRole('combobox', { name: 'พิมพ์ชื่อหน่วยงาน' });
  await type(page, box, 'อบจ น่าน');
  await expect(page.getByRole('option').filter({ hasText: 'องค์การบริหารส่วนจังหวัดน่าน' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(NAN.code);
  await type(page, page.getByLabel('อีเมล (Email)'), NAN.mailbox);
  await type(page, page.getByLabel('รหัสผ่าน (Password)'), PASSWORD);
  await type(page, page.getByLabel('กรุณากรอกรหัสผ่านอีกครั้ง'), PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'กรอกรหัสจากอีเมล' })).toBeFocused();
  await type(page, page.getByLabel('รหัส 8 หลักจากอีเมล'), await house.code(NAN.mailbox));
  await page.keyboard.press('Enter');
  await expect(page.getByText('ลงทะเบียนเรียบร้อยแล้ว')).toBeVisible();

  // The province by the arrows of its list; the agency is remembered from the registration.
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(NAN.code);
  const province = page.getByLabel('จังหวัด', { exact: true });
  await tabTo(page, province);
  const chosen = (): Promise<string> => province.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text ?? '');
  await until(page, 'ArrowUp', async () => (await chosen()) === 'นครสวรรค์');
  await until(page, 'ArrowDown', async () => (await chosen()) === NAN.province);
  const names = page.getByLabel('ชื่อหน่วยงาน', { exact: true });
  await expect(names.locator(`option[value="${NAN.code}"]`)).toBeAttached();
  await tabTo(page, names);
  await until(page, 'ArrowDown', () => names.evaluate((list, code) => (list as HTMLSelectElement).value === code, NAN.code));
  await type(page, page.getByLabel('รหัสผ่าน (Password)'), PASSWORD);
  await page.keyboard.press('Enter');

  await press(page, page.getByRole('link', { name: 'Tools' }));
  await press(page, page.getByRole('link', { name: 'เพิ่มปลัด' }));
  await tabTo(page, page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }));
  await page.keyboard.press('Space');
  await type(page, page.getByLabel('คำนำหน้า'), 'นางสาว');
  await type(page, page.getByLabel('ชื่อ', { exact: true }), 'ดวงใจ');
  await type(page, page.getByLabel('นามสกุล'), 'เมืองน่าน');
  await type(page, page.getByLabel('ระดับ'), 'บริหารท้องถิ่น ระดับสูง');
  await type(page, page.getByLabel('เบอร์โทรศัพท์'), '0 5471 0555');
  await press(page, page.getByRole('button', { name: 'บันทึก' }));
  await expect(page.locator('#current')).toContainText('นางสาวดวงใจ เมืองน่าน');

  await press(page, page.getByRole('link', { name: 'คน' }));
  await press(page, page.getByRole('link', { name: 'แก้ไข' }));
  await tabTo(page, page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('รักษาราชการแทน')).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await tabTo(page, page.getByLabel('ระดับ'));
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('บริหารท้องถิ่น ระดับกลาง');
  await press(page, page.getByRole('button', { name: 'บันทึก' }));
  await expect(page.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();

  await press(page, page.getByRole('button', { name: 'ถังขยะ' }));
  await expect(page.getByRole('button', { name: 'เลิกทำ' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'คน' })).toBeFocused();

  await press(page, page.getByRole('link', { name: 'ค้นหา' }));
  await type(page, page.getByRole('searchbox'), 'ดวงใจ');
  await page.keyboard.press('Enter');
  await expect(page.locator('#results')).toContainText('นางสาวดวงใจ เมืองน่าน');
});
