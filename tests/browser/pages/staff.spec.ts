// The pages of the staff, in both languages and each of their states.

import { agency } from '../support/agencies.ts';
import { expect, held, test } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';
import { invited, officer, PASSPHRASE, totp } from '../support/staff.ts';

for (const [lang, root, code, province] of [['th', '', '470001', '47'], ['en', '/en', '480001', '48']] as const) {
  test(`an invitation, ${lang}`, async ({ page, house }) => {
    test.setTimeout(180_000);
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    await page.goto(root + (await invited(house, `invited-${lang}@staff.test`, { role: 'province', province })));
    await page.locator('#open button[type="submit"]').click();
    await expect(page.locator('#accept > h2').first()).toBeFocused();
    await see('invitation-accept');
    await page.locator('#accept button[type="submit"]').click();
    await expect(page.locator('#accept [data-part="summary"]')).toBeFocused();
    await see('invitation-errors');
    await page.locator('#name').fill('นายทดสอบ ระบบ');
    await page.locator('#passphrase').fill(PASSPHRASE);
    await page.locator('#passphrase-again').fill(PASSPHRASE);
    await page.locator('#code').fill(totp(await page.locator('[data-slot="secret"]').innerText(), await house.now()));
    await page.locator('#accept button[type="submit"]').click();
    await expect(page.locator('#recovery > h2')).toBeFocused();
    await see('invitation-codes');
    await page.goto(`${root}/staff/invitation#nonsense`);
    await page.locator('#open button[type="submit"]').click();
    await expect(page.locator('#spent h2')).toBeFocused();
    await see('invitation-spent');

    await page.goto(`${root}/staff`);
    await page.locator('#email').fill('nobody@staff.test');
    await page.locator('#passphrase').fill(PASSPHRASE);
    await page.locator('#staff-sign-in button[type="submit"]').click();
    await expect(page.locator('#totp > h2')).toBeFocused();
    await see('staff-code');
    await page.locator('[data-part="other"]').click();
    await page.locator('#totp button[type="submit"]').click();
    await expect(page.locator('#totp [data-part="summary"]')).toBeFocused();
    await see('staff-code-errors');
  });

  test(`the desk, ${lang}`, async ({ page, house }) => {
    test.setTimeout(180_000);
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    const own = agency(code);
    await officer(page, house, `desk-${lang}@staff.test`, { role: 'province', province }, root);
    await expect(page.locator('#count')).not.toBeEmpty();
    await see('desk-empty');

    const device = await house.newDevice();
    await house.signedIn(device, own);
    await house.records(device, own, held('สมหญิง', 'วงศ์สุวรรณรัตน์มหาศาล'));
    const stranger = await house.newDevice();
    const post = await house.caller(stranger);
    const email = `a.rather.long.address.of.an.officer-${lang}@elsewhere.test`;
    const { claim } = await post('/registrations', { agency: code, email, password: '60284715' });
    await post(`/registrations/${claim}/proof`, { code: await house.code(email) });
    await page.reload();
    await expect(page.locator('#claims article')).toHaveCount(1);
    await see('desk');
    await page.locator('[data-act="approve"]').click();
    await expect(page.locator('#ask-approve-title')).toBeFocused();
    await see('desk-approve');
    await page.keyboard.press('Escape');
    await page.locator('[data-act="refuse"]').click();
    await page.locator('#ask-refuse button[type="submit"]').click();
    await expect(page.locator('#ask-refuse [data-part="summary"]')).toBeFocused();
    await see('desk-refuse-errors');

    await page.goto(`${root}/staff/agencies`);
    await expect(page.locator('.by-district')).toBeVisible();
    await see('staff-agencies');
    await page.goto(`${root}/staff/agency?code=${code}`);
    await expect(page.locator('#audit li').first()).toBeVisible();
    await see('staff-agency');
    await page.goto(`${root}/staff/agency?code=999999`);
    await expect(page.locator('#unknown')).toBeVisible();
    await see('staff-agency-unknown');
    await page.goto(`${root}/staff/people`);
    await expect(page.locator('#officers li').first()).toBeVisible();
    await page.locator('#invite button[type="submit"]').click();
    await expect(page.locator('#invite [data-part="summary"]')).toBeFocused();
    await see('staff-people-errors');
    await page.goto(`${root}/`);
    await see('home-staff');
    for (const each of [device, stranger]) await each.context().close();
  });

  test(`the centre, ${lang}`, async ({ page, house }) => {
    test.setTimeout(120_000);
    await officer(page, house, `centre-${lang}@staff.test`, { role: 'central' }, root);
    await expect(page.locator('#of-province')).toBeVisible();
    await expect(page.locator('#count')).not.toBeEmpty();
    await inspect(page, `${lang}-centre-desk`);
    await page.goto(`${root}/staff/people`);
    await expect(page.locator('#officers li').first()).toBeVisible();
    await page.locator('#role-district').check();
    await expect(page.locator('#district-part')).toBeVisible();
    await inspect(page, `${lang}-centre-people`);
  });
}
