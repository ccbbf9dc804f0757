// Officers: an invitation with passphrase and app, signing in, and what an officer does for the agencies.

import { agency } from '../support/agencies.ts';
import { expect, test } from '../support/house.ts';
import { choose, signIn } from '../support/screens.ts';
import { invited, nextTotp, officer, PASSPHRASE, totp } from '../support/staff.ts';

test('an officer accepts an invitation, keeps the recovery codes and signs in', async ({ page, house }) => {
  const email = 'somsri@nongkhai.test';
  const link = await invited(house, email, { role: 'province', province: '43' });

  // Opening the link does nothing, and its token is in no address afterwards.
  await page.goto(link);
  await expect(page).toHaveURL(/\/staff\/invitation$/);
  await page.getByRole('button', { name: 'เปิดคำเชิญ' }).click();
  await expect(page.getByRole('heading', { name: 'คำเชิญของท่าน' })).toBeFocused();
  await expect(page.locator('#accept')).toContainText(email);
  await expect(page.locator('#accept')).toContainText('สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดหนองคาย');

  // The rules are said before they are broken, and the QR code is a picture with words.
  await expect(page.locator('#accept')).toContainText('ยาวอย่างน้อย 15 ตัวอักษร');
  await expect(page.getByRole('img', { name: 'คิวอาร์โค้ดสำหรับแอปยืนยันตัวตน' })).toBeVisible();
  const secret = page.locator('[data-slot="secret"]');
  await expect(secret).toHaveText(/^([A-Z2-7]{4} )+[A-Z2-7]{1,4}$/);
  const shown = await secret.innerText();

  await page.getByLabel('ชื่อและนามสกุล').fill('นางสมศรี หนองคาย');
  await page.getByLabel('วลีรหัสผ่าน', { exact: true }).fill('สั้นไป');
  await page.getByLabel('กรอกวลีรหัสผ่านอีกครั้ง').fill('สั้น');
  await page.getByRole('button', { name: 'รับคำเชิญ' }).click();
  await expect(page.locator('#accept [data-part="summary"]')).toContainText('วลีรหัสผ่านสองช่องไม่ตรงกัน');
  await page.getByLabel('กรอกวลีรหัสผ่านอีกครั้ง').fill('สั้นไป');
  await page.getByLabel('รหัส 6 หลักจากแอป').fill('000000');
  await page.getByRole('button', { name: 'รับคำเชิญ' }).click();
  await expect(page.locator('#passphrase-error')).toContainText('อย่างน้อย 15');
  await expect(page.locator('#code-error')).toBeVisible();
  await page.getByLabel('วลีรหัสผ่าน', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('กรอกวลีรหัสผ่านอีกครั้ง').fill(PASSPHRASE);
  await page.getByLabel('รหัส 6 หลักจากแอป').fill(totp(shown, await house.now()));
  await page.getByRole('button', { name: 'รับคำเชิญ' }).click();

  await expect(page.getByRole('heading', { name: 'เก็บรหัสสำรองไว้' })).toBeFocused();
  const codes = page.locator('.codes li');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.first().innerText();
  await page.getByRole('button', { name: 'ไปเข้าสู่ระบบ' }).click();
  await expect(page.locator('#recovery [data-part="summary"]')).toBeFocused();
  await page.getByLabel('เก็บรหัสสำรองไว้แล้ว').check();
  await page.getByRole('button', { name: 'ไปเข้าสู่ระบบ' }).click();
  await expect(page.getByText('รับคำเชิญแล้ว กรุณาเข้าสู่ระบบ')).toBeVisible();

  await page.getByLabel('อีเมลที่ได้รับเชิญ').fill(email);
  await page.getByLabel('วลีรหัสผ่าน', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'ต่อไป' }).click();
  await expect(page.getByRole('heading', { name: 'กรอกรหัสจากแอปยืนยันตัวตน' })).toBeFocused();
  const code = page.getByLabel('รหัส 6 หลัก', { exact: true });
  const right = await nextTotp(house, shown);
  await code.fill(right === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page.locator('#totp [data-part="summary"]')).toContainText('เข้าสู่ระบบไม่สำเร็จ');
  await code.fill(right);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page.getByText('เข้าสู่ระบบแล้ว: นางสมศรี หนองคาย')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('งานของเจ้าหน้าที่');
  await expect(page.locator('#count')).toHaveText('ไม่มีคำขอที่รอพิจารณา');

  // The menu knows the officer; an agency's page is not theirs.
  await expect(page.getByRole('link', { name: 'งานของเจ้าหน้าที่' })).toBeVisible();
  await page.goto('/account');
  await expect(page.getByText('หน้านั้นไม่ใช่ของบัญชีที่เข้าสู่ระบบอยู่')).toBeVisible();
  await expect(page).toHaveURL(/\/staff\/home$/);

  // Without the phone: a recovery code, in whatever case.
  await page.getByRole('button', { name: 'ออกจากระบบ', exact: true }).click();
  await expect(page.getByText('ออกจากระบบแล้ว')).toBeVisible();
  await page.goto('/staff/agencies');
  await page.getByLabel('อีเมลที่ได้รับเชิญ').fill(email);
  await page.getByLabel('วลีรหัสผ่าน', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'ต่อไป' }).click();
  await page.getByRole('button', { name: 'ใช้รหัสสำรอง' }).click();
  await expect(page.getByLabel('รหัสสำรอง', { exact: true })).toBeFocused();
  await page.getByLabel('รหัสสำรอง', { exact: true }).fill(recovery.toLowerCase());
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page).toHaveURL(/\/staff\/agencies$/);

  // Signed out on every device, after a question.
  await page.goto('/staff/home');
  await page.getByRole('button', { name: 'ออกจากระบบทุกเครื่อง' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ออกจากระบบทุกเครื่อง' }).click();
  await expect(page.getByText('ออกจากระบบทุกเครื่องแล้ว')).toBeVisible();

  // The link is spent.
  await page.goto(link);
  await page.getByRole('button', { name: 'เปิดคำเชิญ' }).click();
  await expect(page.getByRole('heading', { name: 'ลิงก์นี้ใช้ไม่ได้แล้ว' })).toBeFocused();
});

test('a province helps an account, and the agency sees who did', async ({ page, house }) => {
  const own = agency('390001');
  await house.signedIn(page, own);
  const desk = await house.newDevice();
  await officer(desk, house, 'help@nongbualamphu.test', { role: 'province', province: '39' });

  await desk.getByRole('navigation', { name: 'เมนูเจ้าหน้าที่' }).getByRole('link', { name: 'บัญชีของหน่วยงาน' }).click();
  await expect(desk.locator('[data-count="active"]')).toHaveText('1');
  await desk.getByRole('radio', { name: /ใช้งานอยู่/ }).check();
  await desk.getByRole('link', { name: 'องค์การบริหารส่วนจังหวัดหนองบัวลำภู' }).click();
  await expect(desk.locator('#account')).toContainText('ใช้งานอยู่');

  await desk.getByRole('button', { name: 'ส่งลิงก์ตั้งรหัสผ่าน' }).click();
  const before = Date.now();
  await desk.getByRole('dialog').getByRole('button', { name: 'ส่งลิงก์' }).click();
  await expect(desk.getByText('ส่งลิงก์ตั้งรหัสผ่านแล้ว')).toBeVisible();
  await house.link(own.mailbox, '/reset/new', before);

  // A reason is asked for; Escape does nothing.
  const suspend = desk.getByRole('button', { name: 'ระงับบัญชี' }).first();
  await suspend.click();
  await desk.keyboard.press('Escape');
  await expect(suspend).toBeFocused();
  await suspend.click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('button', { name: 'ระงับบัญชี' }).click();
  await expect(dialog.locator('[data-part="summary"]')).toBeFocused();
  await dialog.getByLabel('เหตุผล').selectOption('อาจมีผู้อื่นใช้บัญชีอยู่');
  await dialog.getByRole('button', { name: 'ระงับบัญชี' }).click();
  await expect(desk.getByText('ระงับบัญชีแล้ว')).toBeVisible();
  await expect(desk.locator('#account [data-slot="account"]')).toHaveText('ระงับ');

  // The agency is signed out, and told why it cannot come back.
  await page.goto('/office');
  await expect(page.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();

  await desk.getByRole('button', { name: 'ยกเลิกการระงับ' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'ยกเลิกการระงับ' }).click();
  await expect(desk.locator('#account [data-slot="account"]')).toHaveText('ใช้งานอยู่');
  await expect(desk.locator('#audit')).toContainText('ยกเลิกการระงับบัญชี');

  await page.goto('/sign-in');
  await signIn(page, house, own);
  await page.goto('/account');
  const audit = page.locator('#audit li');
  await expect(audit.filter({ hasText: 'ระงับการใช้บัญชี เพราะอาจมีผู้อื่นใช้บัญชีอยู่' })).toContainText('เจ้าหน้าที่จังหวัด');
  await desk.context().close();
});

test('officers invite each other, and suspend who has left', async ({ page, house }) => {
  await officer(page, house, 'first@loei.test', { role: 'province', province: '42' });
  await page.goto('/staff/people');
  await expect(page.locator('#officers li')).toHaveCount(1);
  await page.getByLabel('อีเมลของเจ้าหน้าที่').fill('second@loei.test');
  await page.getByRole('radio', { name: /^อำเภอ/ }).check();
  await page.getByRole('combobox', { name: 'อำเภอ' }).selectOption('เมืองเลย');
  await expect(page.getByRole('radio', { name: 'สำนักงาน ก.ถ.' })).toBeHidden();
  await page.getByRole('button', { name: 'ส่งคำเชิญ' }).click();
  await expect(page.getByText('ส่งคำเชิญไปที่ second@loei.test แล้ว')).toBeVisible();
  await house.link('second@loei.test', '/staff/invitation');

  const desk = await house.newDevice();
  await officer(desk, house, 'second@loei.test', { role: 'district', province: '42', district: 'เมืองเลย' });
  // A district reads; registrations are for the province.
  await expect(desk.getByRole('link', { name: 'ดูหน่วยงานในอำเภอ' })).toBeVisible();
  await expect(desk.getByRole('link', { name: 'เจ้าหน้าที่', exact: true })).toBeHidden();
  await desk.goto('/staff/agency?code=420001');
  await expect(desk.locator('#account')).toContainText('ยังไม่มีบัญชี');
  await expect(desk.getByRole('button', { name: 'ระงับบัญชี' })).toBeHidden();

  await page.reload();
  const second = page.locator('#officers li').filter({ hasText: 'second@loei.test' });
  await expect(page.locator('#officers li').filter({ hasText: 'first@loei.test' }).getByRole('button')).toHaveCount(0);
  await second.getByRole('button', { name: 'ระงับ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ระงับ' }).click();
  await expect(second).toContainText('ยกเลิกการระงับ');
  const told = page.locator('#audit li');
  await expect(told.first()).toContainText('ระงับบัญชีเจ้าหน้าที่');
  await expect(told.filter({ hasText: 'เชิญเจ้าหน้าที่' })).not.toHaveCount(0);
  await desk.goto('/staff/agencies');
  await expect(desk.getByText('กรุณาเข้าสู่ระบบก่อน')).toBeVisible();
  await expect(desk.getByLabel('อีเมลที่ได้รับเชิญ')).toBeVisible();
  await desk.context().close();
});

test('whoever tries a password too often is told how long to wait, and the ways back in', async ({ page }) => {
  test.setTimeout(120_000);
  const own = agency('410001');
  await page.goto('/sign-in');
  await choose(page, own);
  const refused = page.locator('#sign-in [data-part="ways-in"]');
  for (let tries = 0; tries < 40 && !(await refused.isVisible()); tries += 1) {
    await page.getByLabel('รหัสผ่าน (Password)').fill('71048293');
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    const back = page.getByRole('button', { name: 'กลับไปกรอกใหม่' });
    await expect(page.locator('#confirm:visible, [data-part="ways-in"]:visible').first()).toBeVisible();
    if (await back.isVisible()) await back.click();
  }
  await expect(page.locator('#sign-in [data-part="summary"]')).toContainText(/รอ .*(นาที|ชั่วโมง)/);
  await expect(refused.getByRole('link', { name: 'ตั้งรหัสผ่านใหม่ทางอีเมล' })).toBeVisible();
  await expect(refused).toContainText('โทรหากลุ่มงานมาตรฐานการบริหารงานบุคคลท้องถิ่น');
  await expect(refused.locator('a[href^="tel:"]')).toBeVisible();
});
