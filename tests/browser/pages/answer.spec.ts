// How an agency answers, in both languages and each of its states: from the mail, and signed in.

import type { Page } from '@playwright/test';

import { agency } from '../support/agencies.ts';
import { expect, held, PASSWORD } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';
import { test } from '../support/own-house.ts';
import { openRound, reminded } from '../support/rounds.ts';

const DAY = 24 * 60 * 60 * 1000;

for (const [lang, root] of [['th', ''], ['en', '/en']] as const) {
  test(`answering, ${lang}`, async ({ own }) => {
    test.setTimeout(300_000);
    const phrae = agency('540301');
    const see = (page: Page, name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    const office = await own.newDevice();
    await own.signedIn(office, phrae, root);
    await own.records(office, phrae, held('สมหญิง', 'วงศ์สุวรรณรัตน์มหาศาล'));
    const title = 'สำรวจและยืนยันข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่นทุกแห่ง ประจำปีงบประมาณ พ.ศ. 2570';
    await openRound(await own.newDevice(), own, ['54'], { title, due: 11 });
    await openRound(await own.newDevice(), own, ['54'], { title: 'สำรวจตำแหน่งว่าง', due: 1 });
    const link = root + await reminded(own, phrae.mailbox);

    const reader = await own.newDevice({ viewport: { width: 1100, height: 800 } });
    await reader.goto(link);
    await expect(reader.locator('#ask')).toBeVisible();
    await see(reader, 'confirm');
    await reader.locator('[data-act="vacant"]').click();
    await expect(reader.locator('#ask-vacant-title')).toBeFocused();
    await see(reader, 'confirm-vacant');
    await reader.keyboard.press('Escape');
    await reader.locator('[data-act="not-mine"]').click();
    await expect(reader.locator('#ask-not-mine-title')).toBeFocused();
    await see(reader, 'confirm-not-mine');
    await reader.keyboard.press('Escape');

    const sign = await own.caller(office);
    const session = await sign('/session', { agency: phrae.code, password: PASSWORD });
    expect(session.agency.code).toBe(phrae.code);
    await own.edits(office, phrae, held('สมชาย', 'ใจดี'));
    await reader.locator('#link button[type="submit"]').click();
    await expect(reader.locator('#changed')).toBeFocused();
    await see(reader, 'confirm-changed');
    await reader.locator('#link button[type="submit"]').click();
    await expect(reader.locator('#done h2')).toBeFocused();
    await see(reader, 'confirm-done');
    const number = await reader.locator('#receipt [data-slot="number"]').innerText();
    await reader.goto(`${root}/receipt#${number}`);
    await expect(reader.locator('#receipt')).toBeVisible();
    await see(reader, 'receipt-found');

    // Signed in: answered, and the same after a deletion, when two deadlines are open again and one has passed.
    await office.goto(`${root}/office/personnel`);
    await expect(office.locator('#due li')).toHaveCount(2);
    await see(office, 'personnel-answered');
    await office.locator('[data-part="delete"]').click();
    await expect(office.locator('#undo button')).toBeFocused();
    await own.wait(3 * DAY);
    await sign('/session', { agency: phrae.code, password: PASSWORD });
    await office.goto(`${root}/office`);
    await expect(office.locator('#due [data-state="late"]')).toBeVisible();
    await expect(office.locator('#due [data-state="soon"]')).toBeVisible();
    await see(office, 'office-deadlines');

    await reader.goto(link);
    await expect(reader.locator('#nothing')).toBeVisible();
    await see(reader, 'confirm-nothing');
    await own.records(office, phrae, held('สมชาย', 'ใจดี'));
    await reader.goto(link);
    await reader.locator('[data-act="not-mine"]').click();
    await reader.locator('#ask-not-mine button[type="submit"]').click();
    await expect(reader.locator('#released h2')).toBeFocused();
    await see(reader, 'confirm-released');
    await own.wait(90 * DAY);
    await reader.goto(link);
    await expect(reader.locator('#spent h2')).toBeFocused();
    await see(reader, 'confirm-over');
  });
}
