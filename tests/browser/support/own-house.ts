// A house, and so a clock, of the test's own.

import { expect, House, test as base } from './house.ts';
import { startOne } from './start.ts';

export const test = base.extend<{ own: House }>({
  own: [async ({ browser }, use) => {
    const system = await startOne();
    const own = new House(browser, system.url, system.data);
    await use(own);
    await system.stop();
    expect(own.complaints).toEqual([]);
  }, { timeout: 180_000 }],
});
