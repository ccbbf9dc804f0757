// The journey of the letters, as their manual tells it: from ลงทะเบียน to a record that anybody finds.

import { agency } from '../support/agencies.ts';
import { expect, test } from '../support/house.ts';
import { fillPerson, register, search, signIn } from '../support/screens.ts';

const PHRAE = agency('540301');

test('an agency registers, signs in, records its clerk and is found', async ({ page, house }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ระบบบันทึก - ค้นหา ข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น ทุกแห่ง');
  await register(page, PHRAE);
  await page.getByLabel('รหัส 8 หลักจากอีเมล').fill(await house.code(PHRAE.mailbox));
  await page.getByRole('button', { name: 'ยืนยัน' }).click();
  await expect(page.getByText('ลงทะเบียนเรียบร้อยแล้ว')).toBeVisible();
  await expect(page).toHaveURL(`${house.url}/`);

  await signIn(page, house, PHRAE);
  await expect(page.getByRole('rowheader')).toHaveText('เทศบาลเมืองแพร่');
  const tools = page.getByRole('link', { name: 'Tools' });
  await expect(tools).toHaveCSS('background-color', 'rgb(179, 38, 30)');
  await tools.click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('บุคลากร');
  await page.getByRole('link', { name: 'เพิ่มปลัด' }).click();
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await fillPerson(page, 'สมชาย', 'ใจดี');
  await expect(page.getByLabel('เบอร์โทรศัพท์')).toHaveValue('0 5453 4119 ต่อ 203');
  await expect(page.getByLabel('สังกัด')).toHaveValue('เทศบาลเมืองแพร่');
  await page.getByLabel('โทรศัพท์มือถือ').fill('086-586-2599');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();
  const record = page.locator('#current');
  await expect(record).toContainText('นายสมชาย ใจดี');
  await expect(record).toContainText('ยังไม่ครบ: ขาดรูปภาพ');

  // ปุ่ม คน
  await page.getByRole('link', { name: 'คน' }).click();
  await expect(page.locator('#view')).toContainText('08-6586-2599');
  await expect(page.locator('#view')).toContainText('บริหารท้องถิ่น ระดับกลาง');
  await page.getByRole('link', { name: 'กลับหน้าบุคลากร' }).click();

  // ปุ่ม ดินสอ: a slip of the pen.
  await page.getByRole('link', { name: 'ดินสอ' }).click();
  await page.getByLabel('นามสกุล').fill('ใจดีมาก');
  await page.getByLabel('แก้คำผิด').check();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(record).toContainText('นายสมชาย ใจดีมาก');

  // Found by name, agency and telephone; the mobile number is not public.
  for (const words of ['ใจดีมาก', 'เทศบาลเมืองแพร่', '0-5453-4119', '๐๕๔๕๓๔๑๑๙']) {
    await search(page, words);
    await expect(page.locator('#results')).toContainText('นายสมชาย ใจดีมาก');
  }
  await search(page, '0865862599');
  await expect(page.locator('#count')).toContainText('ไม่พบข้อมูล');

  // ตำแหน่งว่าง: no name is asked.
  await page.goto('/office/personnel');
  await page.getByRole('link', { name: 'ดินสอ' }).click();
  await page.getByLabel('ตำแหน่งว่าง (ไม่มีผู้ดำรงตำแหน่ง)').check();
  await expect(page.getByLabel('ชื่อ', { exact: true })).toBeHidden();
  await page.getByLabel('เหตุที่พ้นจากหน้าที่').selectOption('เกษียณอายุราชการ');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(record).toContainText('ไม่มีผู้ดำรงตำแหน่ง');
  await expect(page.locator('#tenures')).toContainText('นายสมชาย ใจดีมาก');
  await search(page, 'เทศบาลเมืองแพร่');
  await expect(page.locator('#results li').first()).toContainText('ไม่มีผู้ดำรงตำแหน่ง');

  // ปุ่ม ถังขยะ, and undo.
  await page.goto('/office/personnel');
  await page.getByRole('button', { name: 'ถังขยะ' }).click();
  await expect(page.getByRole('button', { name: 'เลิกทำ' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'ยังไม่มีข้อมูลปลัด' })).toBeVisible();
  await page.getByRole('button', { name: 'เลิกทำ' }).click();
  await expect(page.getByText('นำข้อมูลกลับมาแล้ว')).toBeVisible();
  await expect(record).toContainText('ไม่มีผู้ดำรงตำแหน่ง');

  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await expect(page.getByText('ออกจากระบบแล้ว')).toBeVisible();
  await page.goto('/office/personnel');
  await expect(page.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
});
