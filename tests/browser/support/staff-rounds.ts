// Rounds made without the screens, by a central officer who is signed in on the page; and a province of many.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { House } from './house.ts';
import { PASSPHRASE, nextTotp, type Officer } from './staff.ts';
import { runner } from './start.ts';

const DAY = 24 * 60 * 60 * 1000;
/** An opening takes a few calls; more than this means that something is wrong. */
const CALLS = 60;

/** A day in Bangkok, so many days from a moment on. */
export function dayFrom(now: number, days: number): string {
  return new Date(now + days * DAY).toLocaleDateString('sv-SE', { timeZone: 'Asia/Bangkok' });
}

/** Calls the API as the page would. */
export async function send(page: Page, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> {
  return page.evaluate(async ([how, to, what]) => {
    const response = await fetch(`/api${to}`, {
      method: how,
      headers: { 'content-type': 'application/json' },
      ...(what === undefined ? {} : { body: JSON.stringify(what) }),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  }, [method, path, body] as const);
}

/** What may be said of a round besides: whom it leaves out, and in how many days it is due and takes its last answers. */
export interface Terms { exceptions?: { agency: string; reason: string }[]; due?: number; closes?: number }

/** A draft about these provinces: it opens today. */
export async function draft(
  page: Page,
  now: number,
  title: string,
  provinces: string[],
  { exceptions = [], due = 12, closes = due + 8 }: Terms = {},
): Promise<string> {
  const { status, body } = await send(page, 'POST', '/rounds', {
    title,
    letter: { number: 'มท 0809.4/ว 123', date: dayFrom(now, -3) },
    dates: { opens: dayFrom(now, 0), deadline: dayFrom(now, due), closes: dayFrom(now, closes) },
    scope: { kinds: ['อบจ.', 'ทน.', 'ทม.', 'ทต.', 'อบต.', 'เมืองพัทยา'], provinces, exceptions },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

/** The same, open. */
export async function opened(page: Page, now: number, title: string, provinces: string[], terms: Terms = {}): Promise<string> {
  const id = await draft(page, now, title, provinces, terms);
  for (let calls = 0; calls < CALLS; calls += 1) {
    const { status, body } = await send(page, 'POST', `/rounds/${id}/opening`, {});
    if (status === 200) return id;
    if (status !== 202) throw new Error(JSON.stringify(body));
  }
  throw new Error('the round does not open');
}

/** Signs an officer in again, after days have gone by. */
export async function again(page: Page, house: House, { email, secret }: Officer): Promise<void> {
  const post = await house.caller(page);
  const { challenge } = await post('/staff/session', { email, passphrase: PASSPHRASE });
  await post('/staff/session/totp', { challenge, code: await nextTotp(house, secret) });
}

/** The two that letters go to without the district officer: the first of the last district, and the one after it. */
const DIRECT: Record<number, string> = { 700: 'ทม.', 701: 'อบจ.' };

export interface Listed { code: string; name: string; district: string; mailbox: string; telephone: string }

/** Puts a province in the place of the demonstration: 84 agencies in the eight districts of แพร่, each with a telephone. */
export function fillPhrae(house: House): Listed[] {
  const districts = ['ร้องกวาง', 'ลอง', 'สูงเม่น', 'เด่นชัย', 'สอง', 'วังชิ้น', 'หนองม่วงไข่', 'เมืองแพร่'];
  const all = districts.flatMap((district, at) => Array.from({ length: at < 4 ? 11 : 10 }, (_, number) => ({
    code: `54${90 - at}${String(number + 1).padStart(2, '0')}`,
    kind: DIRECT[at * 100 + number] ?? 'อบต.',
    name: DIRECT[at * 100 + number] ? 'แพร่' : `${district}ตำบลที่ ${number + 1}`,
    district,
    mailbox: `saraban${at}${number}@phrae.test`,
    telephone: `0 5453 ${4100 + at * 20 + number}`,
  })));
  const rows = all.map(({ code, kind, name, district, mailbox, telephone }) => `${code},${kind},${name},${district},แพร่,ภาคเหนือ,${mailbox},${telephone}`);
  const file = join(house.data, 'phrae.csv');
  writeFileSync(file, `code,kind,name,district,province,region,official_email,official_phone\n${rows.join('\n')}\n`);
  execFileSync(runner(), ['--data', house.data, 'import', 'agencies', file], { stdio: 'pipe' });
  return all;
}
