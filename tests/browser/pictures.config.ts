// `npm run pictures`: takes the pictures of the manual anew, from the system as it is.

import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig({ ...tests, testMatch: ['tools/pictures.spec.ts'], workers: 1, reporter: [['list']] });
