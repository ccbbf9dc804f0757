// Officers: invited by the operator, with an app that the test is itself.

import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';

import type { Page } from '@playwright/test';

import { expect, type House } from './house.ts';
import { runner } from './start.ts';

export interface Place { role: 'central' | 'province' | 'district'; province?: string; district?: string }
export interface Officer { email: string; name: string; passphrase: string; secret: string; recovery: string[] }

export const PASSPHRASE = 'แมวสามตัวกินปลาทู';
const STEP = 30_000;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an app shows at this time (RFC 6238). */
export function totp(secret: string, at: number): string {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The code after the one that is shown now: each counts once, and the next is taken a little early. */
export async function nextTotp(house: House, secret: string): Promise<string> {
  return totp(secret, (await house.now()) + STEP);
}

/** Has the operator invite an officer; the link is in the mail. */
export async function invited(house: House, email: string, place: Place): Promise<string> {
  const where = [...(place.province ? ['--province', place.province] : []), ...(place.district ? ['--district', place.district] : [])];
  execFileSync(runner(), ['--data', house.data, 'invite-staff', '--role', place.role, ...where, '--email', email], { stdio: 'pipe' });
  return house.link(email, '/staff/invitation');
}

/** An officer with an account, signed in on this page, without the screens; the page is at the desk then. */
export async function officer(page: Page, house: House, email: string, place: Place, lang: '' | '/en' = ''): Promise<Officer> {
  const token = (await invited(house, email, place)).split('#')[1];
  const post = await house.caller(page);
  const name = 'นางสาวดวงใจ เมืองแพร่';
  const { totp: { secret } } = await post('/staff/invitations/accept', { token });
  const code = totp(secret, await house.now());
  const { recovery_codes: recovery } = await post('/staff/invitations/acceptance', { token, name, passphrase: PASSPHRASE, code });
  const { challenge } = await post('/staff/session', { email, passphrase: PASSPHRASE });
  await post('/staff/session/totp', { challenge, code: await nextTotp(house, secret) });
  await page.goto(`${lang}/staff/home`);
  await expect(page.locator('.lead')).not.toBeEmpty();
  return { email, name, passphrase: PASSPHRASE, secret, recovery };
}
