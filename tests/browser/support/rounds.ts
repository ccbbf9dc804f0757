// What agencies see of a round: it is open, and its reminders arrive.

import { expect, type Page } from '@playwright/test';

import type { House } from './house.ts';
import { officer } from './staff.ts';
import { opened } from './staff-rounds.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Opens a round of these provinces that is due in so many days, as an officer who is invited for it. Answers its name. */
export async function openRound(page: Page, house: House, provinces: string[], { title = 'สำรวจข้อมูลปลัด ประจำปี 2570', due = 12 } = {}): Promise<string> {
  await officer(page, house, `centre-${Math.random().toString(36).slice(2)}@dopa.test`, { role: 'central' });
  return opened(page, await house.now(), title, provinces, { due, closes: due + 30 });
}

/** Waits, a day at a time, for the reminder of an agency: on holidays none is sent. Answers where its link leads. */
export async function reminded(house: House, mailbox: string): Promise<string> {
  for (let days = 0; days < 10; days += 1) {
    await house.wait(DAY);
    const response = await fetch(`${house.url}/local/mail`);
    const mails = (await response.json()) as { to: string; text: string }[];
    if (mails.some(({ to, text }) => to === mailbox && text.includes('/confirm#'))) break;
  }
  const link = await house.link(mailbox, '/confirm');
  expect(link).toContain('/confirm#');
  return link;
}
