// Page weights and the first sight of a page on a slow line: 400 ms, 400 kbit/s, a processor of a quarter of the
// speed. Each figure of time is the median of several first visits with an empty cache.

import type { BrowserContext } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, held, test } from '../support/house.ts';
import { cdn } from './cdn.ts';

const ROUNDS = 3;
const SLOW = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };
const PAGES = [['home', '/'], ['search', '/directory'], ['form', '/office/personnel/edit'], ['personnel', '/office/personnel'], ['manual, first screen', '/manual']] as const;
const KINDS = ['document', 'stylesheet', 'script', 'font', 'other'] as const;

interface Visit { bytes: Record<(typeof KINDS)[number], number>; requests: number; first: number; largest: number; shift: number; blocked: number }

const median = (all: number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  const browser = await context.newCDPSession(page);
  await browser.send('Network.enable');
  await browser.send('Network.clearBrowserCache');
  await browser.send('Network.emulateNetworkConditions', SLOW);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const bytes = { document: 0, stylesheet: 0, script: 0, font: 0, other: 0 };
  const known = new Map<string, { kind: (typeof KINDS)[number]; headers: number }>();
  let requests = 0;
  browser.on('Network.responseReceived', ({ requestId, type, response }) => {
    known.set(requestId, { kind: KINDS.find((kind) => kind === type.toLowerCase()) ?? 'other', headers: response.encodedDataLength });
    requests += 1;
  });
  // Bodies alone: over HTTP/2 the headers, which are the same for all files, are sent once.
  browser.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind, headers } = known.get(requestId) ?? { kind: 'other', headers: 0 };
    bytes[kind] += Math.max(0, encodedDataLength - headers);
  });
  await page.addInitScript(() => {
    const seen = { largest: 0, shift: 0, blocked: 0 };
    Object.assign(window, { seen });
    const watch = (type: string, each: (entry: PerformanceEntry & { value?: number }) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    };
    watch('largest-contentful-paint', (entry) => { seen.largest = entry.startTime; });
    watch('layout-shift', (entry) => { seen.shift += entry.value ?? 0; });
    watch('longtask', (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
  });
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  const seen = await page.evaluate(() => ({
    ...(window as unknown as { seen: { largest: number; shift: number; blocked: number } }).seen,
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  }));
  await page.close();
  return { bytes, requests, ...seen };
}

test('weights and first sight', async ({ browser, house, page }) => {
  const own = agency('540301');
  await house.signedIn(page, own);
  await house.records(page, own, held('สมชาย', 'ใจดี'));
  const state = await page.context().storageState();
  const front = await cdn(house.url);
  const rows = [];
  for (const [name, path] of PAGES) {
    const visits: Visit[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await browser.newContext({ locale: 'th-TH', storageState: path.startsWith('/office') ? state : undefined });
      visits.push(await visit(context, front.url + path));
      await context.close();
    }
    const { bytes, requests } = visits[0] as Visit;
    const all = KINDS.reduce((sum, kind) => sum + bytes[kind], 0);
    const of = (figure: 'first' | 'largest' | 'shift' | 'blocked'): number => median(visits.map((each) => each[figure]));
    rows.push(`| ${name} | ${requests} | ${KINDS.map((kind) => kilobytes(bytes[kind])).join(' | ')} | ${kilobytes(all)} | ${(of('first') / 1000).toFixed(2)} | ${(of('largest') / 1000).toFixed(2)} | ${of('shift').toFixed(3)} | ${Math.round(of('blocked'))} |`);
    // The manual has pictures, which come after the page.
    if (!path.startsWith('/manual')) expect.soft(all, `${name}: first visit`).toBeLessThanOrEqual(90_000);
    expect.soft(of('shift'), `${name}: shift`).toBeLessThanOrEqual(0.02);
  }
  front.server.close();
  process.stdout.write(`\n| page | requests | HTML | CSS | JS | fonts | other | all, kB | first paint, s | largest paint, s | shift | blocked, ms |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`);
});
