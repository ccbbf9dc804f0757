// How much script a page brings at a first visit: all modules that are fetched until it is at rest, each compressed as
// the CDN does it. The budgets are those of BENCHMARKS.md.

import type { BrowserContextOptions } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, held, test, type House } from '../support/house.ts';
import { officer } from '../support/staff.ts';
import { compressed } from '../tools/cdn.ts';

type Budgets = readonly (readonly [path: string, most: number])[];

const PAGE = 10_000;
/** Pages with a long form or a list to work through; who needs them comes back to them. */
const REGISTRATION = 11_000;
const FORM = 20_000;
const STAFF = 30_000;

const PUBLIC: Budgets = [
  ['/', PAGE],
  ['/sign-in', PAGE],
  ['/directory?q=แพร่&province=54', PAGE],
  ['/directory/agency?code=540001', PAGE],
  ['/receipt#AAAAA-AAAAA', PAGE],
  ['/confirm', PAGE],
  ['/manual', PAGE],
  ['/manual/central', PAGE],
  ['/register', REGISTRATION],
];
const OFFICE: Budgets = [
  ['/office', PAGE],
  ['/office/personnel', PAGE],
  ['/office/personnel/view', PAGE],
  ['/office/personnel/edit', FORM],
];
const DESK: Budgets = ['/staff/home', '/staff/agencies', '/staff/people', '/staff/rounds'].map((path) => [path, STAFF] as const);

/** The bytes of script of a first visit. */
async function script(house: House, path: string, storageState?: BrowserContextOptions['storageState']): Promise<number> {
  const page = await house.newDevice(storageState ? { storageState } : {});
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') sizes.push(response.body().then((body) => compressed(body).length));
  });
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  const all = await Promise.all(sizes);
  expect(all.length, `${path}: modules`).toBeGreaterThan(1);
  await page.context().close();
  return all.reduce((sum, size) => sum + size, 0);
}

async function weigh(house: House, budgets: Budgets, storageState?: BrowserContextOptions['storageState']): Promise<void> {
  for (const [path, most] of budgets) {
    expect.soft(await script(house, path, storageState), `${path}: bytes of script`).toBeLessThanOrEqual(most);
  }
}

test('the script of public pages', async ({ house }) => {
  await weigh(house, PUBLIC);
});

test('the script of an agency that is signed in', async ({ page, house }) => {
  const own = agency('220001');
  await house.signedIn(page, own);
  await house.records(page, own, held('สมชาย', 'ใจดี'));
  await weigh(house, OFFICE, await page.context().storageState());
});

test('the script of the staff', async ({ page, house }) => {
  await officer(page, house, 'weight@staff.test', { role: 'province', province: '22' });
  await weigh(house, DESK, await page.context().storageState());
});
