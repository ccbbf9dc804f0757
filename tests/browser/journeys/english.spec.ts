// The same system in English: pages, messages, dates; names stay Thai.

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test } from '../support/house.ts';

const OWN = agency('630001');

test('an agency registers and records its clerk in English', async ({ page, house }) => {
  await page.goto('/register');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Register');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  const summary = page.locator('#register [data-part="summary"]');
  await expect(summary).toBeFocused();
  await expect(summary).not.toContainText(/[ก-๙]/);
  await page.getByLabel('Province', { exact: true }).selectOption('63');
  const names = page.getByLabel('Name of the agency');
  await expect(names.locator(`option[value="${OWN.code}"]`)).toBeAttached();
  await names.selectOption(OWN.code);
  await page.getByLabel('E-mail', { exact: true }).fill(OWN.mailbox);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Type the password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByLabel('8-digit code').fill(await house.code(OWN.mailbox));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('You are registered.')).toBeVisible();
  await expect(page).toHaveURL(`${house.url}/en`);
  await expect(names).toHaveValue(OWN.code);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Tools' }).click();
  await page.getByRole('link', { name: 'Add the clerk' }).click();
  await page.getByLabel('Somebody is acting').check();
  await page.getByLabel('Prefix').fill('นาง');
  await page.getByLabel('First name').fill('วิภา');
  await page.getByLabel('Last name').fill('แสงทอง');
  await page.getByLabel('Position').fill('รองปลัดองค์การบริหารส่วนจังหวัด');
  await page.getByLabel('Level').fill('บริหารท้องถิ่น ระดับกลาง');
  await page.getByLabel('Telephone').fill('0 5551 7777');
  await page.getByLabel('Day', { exact: true }).last().fill('1');
  await page.getByLabel('Month').last().selectOption('October');
  await page.getByLabel('Year (B.E.)').last().fill('2568');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The record is saved')).toBeVisible();
  await expect(page.locator('#current')).toContainText('1 October 2025');
  await page.getByRole('link', { name: 'ไทย' }).click();
  await expect(page.locator('#current')).toContainText('1 ตุลาคม 2568');
});
