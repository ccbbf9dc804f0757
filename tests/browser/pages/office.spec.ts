// Every page of an agency that is signed in, in both languages and each of its states.

import { agency } from '../support/agencies.ts';
import { expect, held, test } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';

for (const [lang, root, code] of [['th', '', '650001'], ['en', '/en', '660001']] as const) {
  test(`the office, ${lang}`, async ({ page, house, context }) => {
    test.setTimeout(180_000);
    const own = agency(code);
    await house.signedIn(page, own, root);
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    await expect(page.locator('#what-next')).not.toBeEmpty();
    await see('office');
    await page.goto(`${root}/`);
    await expect(page.locator('[data-when="signed-in"] [data-part="agency"]').first()).not.toBeEmpty();
    await see('home-signed-in');

    await page.goto(`${root}/office/personnel`);
    await expect(page.locator('#nobody')).toBeVisible();
    await see('personnel-nobody');
    await page.goto(`${root}/office/personnel/edit`);
    const save = page.locator('#record button[type="submit"]');
    await expect(save).toBeVisible();
    await see('form-new');
    for (const state of ['vacant', 'acting', 'held']) {
      await page.locator(`input[value="${state}"]`).check();
      await see(`form-${state}`);
    }
    await page.locator('#phone').fill('12');
    await save.click();
    await expect(page.locator('#record [data-part="summary"]')).toBeFocused();
    await see('form-errors');

    await page.evaluate(() => localStorage.clear());
    await house.records(page, own, held('สมหญิง', 'วงศ์สุวรรณรัตน์มหาศาล'));
    await page.goto(`${root}/office/personnel`);
    await expect(page.locator('#current .buttons')).toBeVisible();
    await see('personnel');
    await page.goto(`${root}/office/personnel/view`);
    await expect(page.locator('#view')).toBeVisible();
    await see('view');

    await page.goto(`${root}/office/personnel/edit`);
    await page.locator('#last_name').fill('ใจดี');
    await page.locator('input[name="change"][value="person"]').check();
    await see('form-another');
    await house.edits(page, own, held('สมหญิง', 'มาก่อน'));
    await page.locator('#replaces-reason').selectOption('transferred');
    await save.click();
    await expect(page.locator('#conflict')).toBeFocused();
    await see('form-conflict');
    await save.click();
    await expect(page.locator('#tenures')).toBeVisible();
    await see('personnel-history');
    await page.locator('[data-part="delete"]').click();
    await expect(page.locator('#undo button')).toBeFocused();
    await see('personnel-undo');

    await page.goto(`${root}/office/personnel/edit`);
    await page.locator('input[value="vacant"]').check();
    await context.clearCookies({ name: '__Host-sid' });
    await save.click();
    await expect(page.locator('#status .notice a')).toBeFocused();
    await see('form-signed-out');
  });
}
