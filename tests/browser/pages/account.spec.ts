// The account page and what leads to it, in both languages and each of its states.

import { agency } from '../support/agencies.ts';
import { expect, test } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';

for (const [lang, root, code] of [['th', '', '300001'], ['en', '/en', '310001']] as const) {
  test(`the account, ${lang}`, async ({ page, house }) => {
    test.setTimeout(180_000);
    const own = agency(code);
    await house.signedIn(page, own, root);
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);

    await page.goto(`${root}/account`);
    await expect(page.locator('#audit li').first()).toBeVisible();
    await see('account');
    await page.locator('#change-email summary').click();
    await page.locator('#email-form button[type="submit"]').click();
    await expect(page.locator('#email-form [data-part="summary"]')).toBeFocused();
    await see('account-errors');

    await page.locator('#email').fill('another@mailbox.test');
    await page.locator('#email-form button[type="submit"]').click();
    await expect(page.locator('#account [data-slot="email_change"]')).toBeVisible();
    await page.locator('#successor').fill('successor@mailbox.test');
    await page.locator('#handover-form button[type="submit"]').click();
    await expect(page.locator('#handing')).toBeVisible();
    await see('account-under-way');
    await page.locator('[data-act="sign-out-everywhere"]').click();
    await expect(page.locator('#ask-sign-out-title')).toBeFocused();
    await see('account-question');
  });

  test(`registering, ${lang}`, async ({ page, house }) => {
    test.setTimeout(120_000);
    const email = `nobody-${lang}@elsewhere.test`;
    await page.goto(`${root}/register`);
    await page.locator('#province').selectOption('31');
    await expect(page.locator('#agency option[value="310001"]')).toBeAttached();
    await page.locator('#agency').selectOption('310001');
    await page.locator('#email').fill(email);
    await page.locator('#password').fill('60284715');
    await page.locator('#password-again').fill('60284715');
    await page.locator('#register button[type="submit"]').click();
    await expect(page.locator('#confirm > h2')).toBeFocused();
    await inspect(page, `${lang}-register-proofs`);
    await page.locator('#letter button[type="submit"]').click();
    await expect(page.locator('#letter [data-part="summary"]')).toBeFocused();
    await inspect(page, `${lang}-register-letter-errors`);
    await page.locator('#code').fill(await house.code(email));
    await page.locator('#confirm button[type="submit"]').click();
    await expect(page.locator('#awaiting h2')).toBeFocused();
    await inspect(page, `${lang}-register-awaiting`);
  });
}
