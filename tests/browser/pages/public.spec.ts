// Every page that anybody sees, in both languages, and with its errors shown.

import type { Page } from '@playwright/test';

import { test, expect } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';
import { HEIC, jpeg } from '../support/photos.ts';

const LANGUAGES = [['th', ''], ['en', '/en']] as const;

const PAGES: [string, string][] = [
  ['home', '/'],
  ['register', '/register'],
  ['sign-in', '/sign-in'],
  ['reset', '/reset'],
  ['reset-new', '/reset/new#token'],
  ['reset-spent', '/reset/new'],
  ['takeover', '/takeover#token'],
  ['takeover-spent', '/takeover'],
  ['objection', '/objection#token'],
  ['handover', '/handover#token'],
  ['email', '/email#token'],
  ['email-undo', '/email/undo#token'],
  ['staff', '/staff'],
  ['invitation', '/staff/invitation#token'],
  ['register-letter', '/register#540001.7K3QM-9XHTB'],
  ['confirm-damaged', '/confirm#token'],
  ['confirm-none', '/confirm'],
  ['receipt', '/receipt'],
  ['receipt-unknown', '/receipt#AAAAA-AAAAA'],
  ['directory', '/directory'],
  ['directory-found', '/directory?q=แพร่&province=54'],
  ['directory-nothing', '/directory?q=ไม่มีใครชื่อนี้'],
  ['agency', '/directory/agency?code=540001'],
  ['agency-vacant', '/directory/agency?code=440001'],
  ['agency-unknown', '/directory/agency?code=999999'],
  ['manual', '/manual'],
  ['manual-province', '/manual/province'],
  ['manual-central', '/manual/central'],
  ['privacy', '/privacy'],
  ['problems', '/problems'],
  ['parts', '/parts'],
  ['not-found', '/no-such-page'],
];

async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-part="waiting"]')).toHaveCount(0);
  await expect(page.locator('#results[aria-busy="true"]')).toHaveCount(0);
  const count = page.locator('#count');
  if (await count.count() > 0) await expect(count).not.toBeEmpty();
}

for (const [lang, root] of LANGUAGES) {
  for (const [name, path] of PAGES) {
    test(`${name}, ${lang}`, async ({ page }) => {
      await page.goto(`${root}${path}`);
      await settled(page);
      await inspect(page, `${lang}-${name}`);
    });
  }

  for (const [name, path, form] of [['register', '/register', '#register'], ['sign-in', '/sign-in', '#sign-in'], ['reset', '/reset', '#reset']] as const) {
    test(`${name} with errors, ${lang}`, async ({ page }) => {
      await page.goto(`${root}${path}`);
      await page.locator(`${form} button[type="submit"]`).click();
      await expect(page.locator(`${form} [data-part="summary"]`)).toBeFocused();
      await inspect(page, `${lang}-${name}-errors`);
    });
  }

  test(`the code is asked for, ${lang}`, async ({ page }) => {
    await page.goto(`${root}/sign-in`);
    await page.locator('#province').selectOption('10');
    await expect(page.locator('#agency option')).not.toHaveCount(1);
    await page.locator('#agency').selectOption('100001');
    await page.locator('#password').fill('60284715');
    await page.locator('#sign-in button[type="submit"]').click();
    await expect(page.locator('#confirm > h2')).toBeFocused();
    await page.locator('#confirm button[type="submit"]').click();
    await expect(page.locator('#confirm [data-part="summary"]')).toBeFocused();
    await inspect(page, `${lang}-code-errors`);
  });

  test(`a photo is cropped, and another refused, ${lang}`, async ({ page }) => {
    await page.goto(`${root}/parts`);
    const file = page.locator('#photo-file');
    await expect(page.locator('#photo-part')).toBeVisible();
    await file.setInputFiles(HEIC);
    await expect(page.locator('#photo-error')).toContainText('HEIC');
    await file.setInputFiles(await jpeg(page, 1600, 1200));
    await expect(page.locator('[data-part="stage"]')).toBeFocused();
    await file.setInputFiles(HEIC);
    await expect(page.locator('#photo-error')).toContainText('HEIC');
    await inspect(page, `${lang}-crop`);
  });

  test(`the whole country is searched by name, ${lang}`, async ({ page }) => {
    await page.goto(`${root}/register`);
    await page.locator('summary').first().click();
    await page.getByRole('combobox', { name: /ชื่อหน่วยงาน อำเภอ|Type a name/ }).fill('v[9 cri');
    await page.getByRole('combobox', { name: /ชื่อหน่วยงาน อำเภอ|Type a name/ }).fill('แพร่');
    await expect(page.getByRole('option').filter({ hasText: 'เทศบาลเมืองแพร่' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await inspect(page, `${lang}-picker`);
  });
}

test('an address with Thai digits leads to the one it means, and never to another site', async ({ page, house }) => {
  await page.goto('/directory/agency?code=๕๔๐๐๐๑');
  await expect(page.locator('#agency')).toContainText('องค์การบริหารส่วนจังหวัดแพร่');
  await page.goto('/%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%96?x=1');
  await expect(page).toHaveURL(`${house.url}/2566?x=1`);
  await page.goto(`${house.url}//elsewhere.test/๑`);
  await expect(page).toHaveURL(`${house.url}//elsewhere.test/1`);
  // The address is that of no page; its answer is 404, which Chromium writes down.
  house.complaints.length = 0;
});

test('without JavaScript forms are in sight and say what they need', async ({ house }) => {
  const page = await house.newDevice({ javaScriptEnabled: false });
  for (const path of ['/', '/register', '/directory']) {
    await page.goto(path);
    await expect(page.getByText(/ต้องใช้ JavaScript/).first()).toBeVisible();
    await expect(page.locator('form').first()).toBeVisible();
  }
  await page.context().close();
});

test('nothing jumps while a page comes up, signed in or not', async ({ page }) => {
  await page.addInitScript(() => {
    const record = { shift: 0 };
    Object.assign(window, { record });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) record.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const shift = async (path: string): Promise<number> => {
    await page.goto(path);
    await settled(page);
    return page.evaluate(() => (window as unknown as { record: { shift: number } }).record.shift);
  };
  for (const path of ['/', '/register', '/directory', '/manual']) expect.soft(await shift(path), path).toBeLessThanOrEqual(0.02);
  await page.evaluate(() => {
    const agency = { code: '540001', kind: 'อบจ.', name: 'แพร่', full_name: 'องค์การบริหารส่วนจังหวัดแพร่', district: 'เมืองแพร่', province: 'แพร่' };
    localStorage.setItem('palad.session', JSON.stringify({ agency, until: '2100-01-01T00:00:00Z' }));
    localStorage.setItem('palad.agency', JSON.stringify(agency));
  });
  for (const path of ['/', '/directory', '/manual']) expect.soft(await shift(path), `${path}, signed in`).toBeLessThanOrEqual(0.02);
  await page.evaluate(() => localStorage.removeItem('palad.session'));
  for (const path of ['/', '/sign-in']) expect.soft(await shift(path), `${path}, been here before`).toBeLessThanOrEqual(0.02);
});
