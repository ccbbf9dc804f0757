// The pictures of the manual: each step as the officer sees it, what is to be pressed in a red ring.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, PASSWORD, test } from '../support/house.ts';

const FOLDER = resolve(import.meta.dirname, '../../../site/src/pictures');
/** The picture that README.md shows. */
const DOCS = resolve(import.meta.dirname, '../../../docs/pictures');
/** Pixels for each pixel of the page, so that the letters stay sharp. The site shows them at the inverse. */
const SHARP = 1.5;
const WIDTH = 720;

test.use({ viewport: { width: WIDTH, height: 900 }, colorScheme: 'light' });

const LANGUAGES = [
  { lang: 'th', root: '', code: '540301', province: '54' },
  { lang: 'en', root: '/en', code: '550001', province: '55' },
] as const;

for (const { lang, root, code, province } of LANGUAGES) {
  test(`the pictures of the manual (${lang})`, async ({ page, house }) => {
    const own = agency(code);
    const folder = join(FOLDER, lang);
    mkdirSync(folder, { recursive: true });
    const browser = await page.context().newCDPSession(page);

    /** Takes what lies between the tops of the page and the foot of `last`, with a ring around `ringed`. */
    const take = async (name: string, first: Locator, last: Locator, ringed: Locator): Promise<void> => {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await ringed.evaluate((element) => {
        (element as HTMLElement).style.outline = '4px solid #d0021b';
        (element as HTMLElement).style.outlineOffset = '4px';
      });
      await page.evaluate(() => document.fonts.ready);
      const [from, to] = [await boxOf(page, first), await boxOf(page, last)];
      const clip = { x: 0, y: Math.max(0, from.top - 14), width: WIDTH, height: Math.ceil(to.bottom - Math.max(0, from.top - 14) + 18), scale: SHARP };
      const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 50, clip, captureBeyondViewport: true });
      writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
      await ringed.evaluate((element) => { (element as HTMLElement).style.outline = ''; });
    };
    const choose = async (): Promise<void> => {
      await page.locator('#province').selectOption(province);
      await expect(page.locator(`#agency option[value="${code}"]`)).toBeAttached();
      await page.locator('#agency').selectOption(code);
    };

    await page.goto(`${root}/`);
    await take('home', page.locator('header.top .inner'), page.locator('h1'), page.locator('header a[href$="/register"]'));

    await page.goto(`${root}/register`);
    await choose();
    await page.locator('#email').fill(own.mailbox);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('#password-again').fill(PASSWORD);
    const register = page.locator('#register button[type="submit"]');
    await take('register', page.locator('h1'), register, register);
    await register.click();
    await page.locator('#code').fill(await house.code(own.mailbox));
    const confirm = page.locator('#confirm button[type="submit"]');
    await take('code', page.locator('#confirm > h2'), confirm, confirm);
    await confirm.click();

    await expect(page.locator('#status .notice')).toBeVisible();
    await choose();
    await page.locator('#password').fill(PASSWORD);
    const enter = page.locator('#sign-in button[type="submit"]');
    await take('sign-in', page.locator('#record-heading'), enter, enter);
    await enter.click();

    await expect(page.locator('#what-next')).not.toBeEmpty();
    await page.setViewportSize({ width: WIDTH, height: 900 });
    await take('tools', page.locator('h1'), page.locator('#what-next'), page.locator('a.tools'));
    await page.locator('a.tools').click();
    const add = page.locator('#nobody a.button');
    await expect(add).toBeVisible();
    await take('add', page.locator('h1'), page.locator('#nobody'), add);
    await add.click();

    const save = page.locator('#record button[type="submit"]');
    await page.locator('input[value="vacant"]').check();
    await take('vacant', page.locator('#state-group'), save, page.locator('label.radio', { has: page.locator('input[value="vacant"]') }));
    await page.locator('input[value="held"]').check();
    const fields = { prefix: 'นาย', first_name: 'สมชาย', last_name: 'ใจดี', level: 'บริหารท้องถิ่น ระดับกลาง', phone: '0 5453 4119 ต่อ 203' };
    for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value);
    await take('form', page.locator('#state-group'), save, save);
    await save.click();
    await expect(page.locator('#current .buttons')).toBeVisible();
    await take('record', page.locator('#current'), page.locator('#current'), page.locator('#current .buttons'));
    if (lang === 'th') await show(page, root);
  });
}

/** The picture of README.md: the main page as anybody finds it. */
async function show(page: Page, root: string): Promise<void> {
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await page.setViewportSize({ width: 1100, height: 760 });
  await page.goto(`${root}/directory?q=เชียงราย`);
  await expect(page.locator('#results li').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
  mkdirSync(DOCS, { recursive: true });
  writeFileSync(join(DOCS, 'search.webp'), Buffer.from(data, 'base64'));
}

async function boxOf(page: Page, locator: Locator): Promise<{ top: number; bottom: number }> {
  const box = await locator.boundingBox();
  const scrolled = await page.evaluate(() => scrollY);
  if (!box) throw new Error('nothing to take a picture of');
  return { top: box.y + scrolled, bottom: box.y + box.height + scrolled };
}
