// What must hold of every page in every state: no violation that axe knows, in light and dark; nothing to scroll
// sideways on the narrowest screen, at 400 % zoom, or with letters of twice the size; English that is English; help
// in its place. Leaves a picture of the page at two widths to be looked at.

import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect } from './house.ts';

const WIDE = { width: 1100, height: 800 };
/** 320 pixels is the narrowest telephone, and a window of 1280 pixels at 400 %. */
const NARROW = { width: 320, height: 256 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function inspect(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Pages have no frames, so nothing has to be put together from several.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
    // Of all rules only contrast depends on the colours.
    const { violations } = await (colorScheme === 'light' ? axe.withTags(TAGS) : axe.withRules(['color-contrast'])).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join('; ')}`);
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
    if (colorScheme === 'dark') await picture(page, `${name}-dark`, false);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, `${name}-1100`);
  expect.soft(await thaiOutOfPlace(page), `${name}: Thai that is not marked as Thai`).toEqual([]);
  await expect.soft(page.locator('footer.bottom .help a[href$="/manual"]'), `${name}: the manual beside the help`).toBeVisible();
  await expect.soft(page.locator('footer.bottom .help a[href^="tel:"]'), `${name}: help`).toBeVisible();

  await page.setViewportSize(NARROW);
  expect.soft(await tooWide(page), `${name}, 320 pixels`).toEqual([]);
  await page.setViewportSize({ ...NARROW, height: 640 });
  await picture(page, `${name}-320`);
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '225%'; });
  expect.soft(await tooWide(page), `${name}, letters of twice the size`).toEqual([]);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.setViewportSize(WIDE);
}

async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  await page.screenshot({ path: join('artefacts', 'pages', `${name}.jpg`), type: 'jpeg', quality: 70, fullPage });
}

/** What sticks out to the right, where the page can be scrolled there. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > width + 0.5);
    return out.map((element) => `${element.tagName} ${element.id} ${element.className} ${(element.textContent ?? '').slice(0, 30)}`);
  });
}

/** On an English page Thai stands only where it is marked, so that it is read aloud as Thai. Options cannot be marked in part. */
function thaiOutOfPlace(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.lang !== 'en') return [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      const words = node.textContent ?? '';
      if (/[ก-๙]/.test(words) && parent && !parent.closest('[lang="th"], [aria-hidden="true"], option, template')) found.push(words.trim());
    }
    return found;
  });
}
