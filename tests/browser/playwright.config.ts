// The browser is Debian's; nothing is downloaded. Two workers, since the system under test is on the same machine.

import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: ['journeys/*.spec.ts', 'pages/*.spec.ts'],
  globalSetup: './support/start.ts',
  outputDir: 'artefacts/failures',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  globalTimeout: 15 * 60_000,
  forbidOnly: Boolean(process.env.CI),
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./support/reporter.ts']],
  use: {
    viewport: { width: 1100, height: 800 },
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    screenshot: 'only-on-failure',
    trace: 'off',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.PALAD_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
