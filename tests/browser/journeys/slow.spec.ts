// A slow line: the modules come late, and nothing that was done before them is lost.

import { agency } from '../support/agencies.ts';
import { expect, held, test } from '../support/house.ts';

const LATE = 1500;

test('what is chosen before the modules are there counts, and a record is not overwritten by its own arrival', async ({ page, house }) => {
  const own = agency('670001');
  await house.signedIn(page, own);
  await house.records(page, own, held('มั่นคง', 'ตรงเวลา'));
  await page.route(/\/assets\/(sign-in|record-form)\./, async (route) => {
    await new Promise((settle) => { setTimeout(settle, LATE); });
    await route.continue();
  });
  await page.goto('/office/personnel/edit', { waitUntil: 'commit' });
  await expect(page.getByText('กำลังโหลดข้อมูล')).toBeVisible();
  await expect(page.locator('#record')).toBeHidden();
  await expect(page.getByLabel('นามสกุล')).toHaveValue('ตรงเวลา');

  const device = await house.newDevice();
  await device.route(/\/assets\/sign-in\./, async (route) => {
    await new Promise((settle) => { setTimeout(settle, LATE); });
    await route.continue();
  });
  await device.goto('/', { waitUntil: 'commit' });
  await device.locator('#province').selectOption('67');
  await device.locator('#password').fill('60284715');
  await expect(device.getByRole('button', { name: 'เข้าสู่ระบบ' })).toBeDisabled();
  await expect(device.locator(`#agency option[value="${own.code}"]`)).toBeAttached();
  await expect(device.locator('#password')).toHaveValue('60284715');
  await device.context().close();
});
