// What every test has: a page that must not complain, the mailbox, and the short ways to where a test begins.

import { expect, test as base, type Browser, type Page } from '@playwright/test';

import type { Agency } from './agencies.ts';

export { expect };

/** A number that is neither a row nor a repetition. */
export const PASSWORD = '83920471';

/** What Chromium writes of any answer that is not 2xx; the page itself says it in words. */
const ANSWERED = /^Failed to load resource: the server responded with a status of 4\d\d/;
/** What it writes where a test drops the line. */
const DROPPED = /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)/;

export class House {
  readonly complaints: string[] = [];

  constructor(
    readonly browser: Browser,
    readonly url = process.env.PALAD_URL ?? '',
    readonly data = process.env.PALAD_DATA ?? '',
  ) {}

  /** Whatever this page writes to the console, or throws, fails the test. */
  watch(page: Page): Page {
    page.on('console', (message) => {
      const text = message.text();
      const api = message.location().url.includes('/api/');
      if (api && (ANSWERED.test(text) || DROPPED.test(text))) return;
      if (message.location().url.endsWith('/no-such-page') && ANSWERED.test(text)) return;
      this.complaints.push(`${page.url()}: ${message.type()}: ${text}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    return page;
  }

  /** A browser that was never here. */
  async newDevice(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: this.url, locale: 'th-TH', timezoneId: 'Asia/Bangkok', ...options });
    return this.watch(await context.newPage());
  }

  /** The newest mail to this address that says `words`; waits for it. */
  async mail(to: string, words: RegExp, after = 0): Promise<string> {
    let text = '';
    await expect(async () => {
      const response = await fetch(`${this.url}/local/mail`);
      const all = (await response.json()) as { to: string; text: string; at: string }[];
      const mails = all.filter((mail) => mail.to === to && Date.parse(mail.at) >= after && words.test(mail.text));
      expect(mails.length).toBeGreaterThan(0);
      text = mails[0]?.text ?? '';
    }).toPass({ timeout: 15_000, intervals: [100, 200, 400] });
    return text;
  }

  /** The code of 8 digits in the newest mail to this address since `after`. */
  async code(to: string, after = 0): Promise<string> {
    const digits = /(?<!\d)(\d{4})[\s\u00a0]?(\d{4})(?!\d)/;
    const [, one, two] = digits.exec(await this.mail(to, digits, after)) ?? [];
    return `${one}${two}`;
  }

  /** What calls the API as the page would, without the screens. */
  async caller(page: Page): Promise<(path: string, body: unknown) => Promise<any>> {
    await page.goto('/privacy');
    return (path, body) => page.evaluate(async ([to, what]) => {
      const response = await fetch(`/api${to}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) });
      const answer = await response.json().catch(() => null);
      if (!response.ok) throw new Error(`${to}: ${JSON.stringify(answer)}`);
      return answer;
    }, [path, body] as const);
  }

  /** The path and the fragment of the link in the newest mail to this address since `after`. */
  async link(to: string, page: string, after = 0): Promise<string> {
    const shape = new RegExp(`https?://\\S+?(${page}#\\S+)`);
    return shape.exec(await this.mail(to, shape, after))?.[1] ?? '';
  }

  /** The time in this house. */
  async now(): Promise<number> {
    const { now } = (await (await fetch(`${this.url}/local/clock`)).json()) as { now: string };
    return Date.parse(now);
  }

  /** Moves the clock of a house that is the test's own. */
  async wait(milliseconds: number): Promise<void> {
    const now = new Date((await this.now()) + milliseconds).toISOString();
    const response = await fetch(`${this.url}/local/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ now }) });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Registers an agency and signs it in, without the screens; the page is at its office then. */
  async signedIn(page: Page, agency: Agency, lang: '' | '/en' = ''): Promise<void> {
    const post = await this.caller(page);
    const { claim } = await post('/registrations', { agency: agency.code, email: agency.mailbox, password: PASSWORD });
    await post(`/registrations/${claim}/proof`, { code: await this.code(agency.mailbox) });
    const before = Date.now();
    const session = await post('/session', { agency: agency.code, password: PASSWORD });
    if (session.challenge) await post('/session/code', { challenge: session.challenge, code: await this.code(agency.mailbox, before) });
    await page.goto(`${lang}/office`);
    await expect(page.locator('#office')).toBeVisible();
  }

  /** Records a clerk for the agency that is signed in, without the screens. */
  async records(page: Page, agency: Agency, post: unknown): Promise<void> {
    await page.evaluate(async ([code, what]) => {
      const response = await fetch(`/api/agencies/${code}/clerks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ post: what }),
      });
      if (!response.ok) throw new Error(await response.text());
    }, [agency.code, post] as const);
  }

  /** Changes the record behind the back of whoever looks at it. */
  async edits(page: Page, agency: Agency, post: unknown): Promise<void> {
    await page.evaluate(async ([code, what]) => {
      const clerks = `/api/agencies/${code}/clerks`;
      const now = await fetch(clerks);
      const { current } = await now.json();
      const response = await fetch(`${clerks}/${current.id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'if-match': now.headers.get('etag') ?? '' },
        body: JSON.stringify({ post: what }),
      });
      if (!response.ok) throw new Error(await response.text());
    }, [agency.code, post] as const);
  }
}

export const test = base.extend<{ house: House }>({
  baseURL: async ({}, use) => { await use(process.env.PALAD_URL ?? ''); },
  house: [async ({ browser, page }, use) => {
    const house = new House(browser);
    house.watch(page);
    await use(house);
    expect(house.complaints).toEqual([]);
  }, { auto: true }],
});

/** A clerk who holds the post. */
export function held(first: string, last: string): unknown {
  return {
    state: 'held',
    person: {
      prefix: 'นาย', first_name: first, last_name: last, position: 'ปลัดเทศบาล', level: 'บริหารท้องถิ่น ระดับกลาง',
      affiliation: 'เทศบาลเมืองแพร่', phone: '0 5453 4119 ต่อ 203', mobile: '086-586-2599',
    },
  };
}
