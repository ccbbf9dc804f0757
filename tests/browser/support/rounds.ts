// A round that is open, made by the central office without the screens; and its reminders.

import { expect, type Page } from '@playwright/test';

import type { House } from './house.ts';
import { officer } from './staff.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The day in Bangkok, so many days from what the house takes for now. */
async function day(house: House, after: number): Promise<string> {
  const date = new Date((await house.now()) + after * DAY + 7 * 60 * 60 * 1000);
  return date.toISOString().slice(0, 10);
}

/** Opens a round of these provinces that is due in so many days. Answers its name. */
export async function openRound(page: Page, house: House, provinces: string[], { title = 'สำรวจข้อมูลปลัด ประจำปี 2570', due = 12 } = {}): Promise<string> {
  await officer(page, house, `centre-${Math.random().toString(36).slice(2)}@dopa.test`, { role: 'central' });
  const post = await house.caller(page);
  const dates = { opens: await day(house, 0), deadline: await day(house, due), closes: await day(house, due + 30) };
  const { id } = await post('/rounds', { title, letter: { number: 'มท 0809.4/ว 123', date: await day(house, -7) }, dates, scope: { provinces } });
  await post(`/rounds/${id}/opening`, {});
  return id as string;
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
