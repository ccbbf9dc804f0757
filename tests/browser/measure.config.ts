// `npm run measure`: what pages weigh, and when they are seen on a slow line. Prints the table of BENCHMARKS.md.

import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig({ ...tests, testMatch: ['tools/measure.spec.ts'], workers: 1, timeout: 300_000, reporter: [['list']] });
