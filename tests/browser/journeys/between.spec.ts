// What comes between filling in a form and saving it: another tab, the end of the session, a line that drops.

import { agency } from '../support/agencies.ts';
import { expect, held, PASSWORD, test } from '../support/house.ts';
import { fillPerson, signIn } from '../support/screens.ts';

test('of two tabs the second is told what the first saved', async ({ page, house, context }) => {
  const own = agency('570001');
  await house.signedIn(page, own);
  await page.goto('/office/personnel/edit');
  const other = house.watch(await context.newPage());
  await other.goto('/office/personnel/edit');
  const edits = [[page, 'ระดับสูง'], [other, 'ระดับกลาง']] as const;
  // Both are filled from the record before either is typed into: what is typed is a draft for whoever comes later.
  for (const [tab] of edits) await expect(tab.getByLabel('ระดับ')).toHaveValue('สูง');
  for (const [tab, level] of edits) await tab.getByLabel('ระดับ').fill(level);
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();
  await other.getByRole('button', { name: 'บันทึก' }).click();
  await expect(other.locator('#conflict')).toBeFocused();
  await expect(other.locator('#conflict')).toContainText('มีผู้บันทึกข้อมูลนี้ก่อนท่าน');
  await expect(other.getByLabel('ระดับ')).toHaveValue('ระดับกลาง');
  await other.getByRole('button', { name: 'บันทึก' }).click();
  await expect(other.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();

  // A deletion of what has changed meanwhile does not happen either.
  await page.reload();
  await other.getByRole('link', { name: 'ดินสอ' }).click();
  await other.getByLabel('ระดับ').fill('สูง');
  await other.getByRole('button', { name: 'บันทึก' }).click();
  await expect(other.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();
  await page.getByRole('button', { name: 'ถังขยะ' }).click();
  await expect(page.getByText('มีผู้แก้ไขข้อมูลนี้ก่อนท่าน จึงยังไม่ได้ลบ')).toBeVisible();
});

test('a session that ends over the form loses nothing', async ({ page, house }) => {
  const own = agency('580001');
  await house.signedIn(page, own);
  await page.goto('/office/personnel/edit');
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await fillPerson(page, 'อดทน', 'รอคอย');
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE', headers: { 'content-type': 'application/json' } }));
  await page.getByRole('button', { name: 'บันทึก' }).click();
  const link = page.getByRole('link', { name: 'เข้าสู่ระบบแล้วทำต่อ' });
  await expect(link).toBeFocused();
  await expect(page.getByLabel('นามสกุล')).toHaveValue('รอคอย');
  await link.click();
  await expect(page.getByLabel('ชื่อหน่วยงาน', { exact: true })).toHaveValue(own.code);
  await page.getByLabel('รหัสผ่าน (Password)').fill(PASSWORD);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(page).toHaveURL(/\/office\/personnel\/edit$/);
  await expect(page.getByText('นำข้อมูลที่กรอกค้างไว้กลับมาแล้ว')).toBeVisible();
  await expect(page.getByLabel('นามสกุล')).toHaveValue('รอคอย');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.locator('#current')).toContainText('นายอดทน รอคอย');
});

test('a save that met a dead line is made by itself when the line is back, and once', async ({ page, house, context }) => {
  const own = agency('600001');
  await house.signedIn(page, own);
  await page.goto('/office/personnel/edit');
  await page.getByLabel('ตำแหน่งว่าง (ไม่มีผู้ดำรงตำแหน่ง)').check();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('จะบันทึกให้เองเมื่อเชื่อมต่อได้อีกครั้ง')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('บันทึกข้อมูลปลัดเรียบร้อยแล้ว')).toBeVisible();
  await expect(page.locator('#history li')).toHaveCount(1);
});

test('the letters of a name are never markup', async ({ page, house }) => {
  const own = agency('610001');
  await house.signedIn(page, own);
  await house.records(page, own, held('สมศักดิ์', 'ณ อยุธยา'));
  await page.goto('/directory?q=<img src=x onerror=alert(1)>');
  await expect(page.locator('#count')).not.toBeEmpty();
  await expect(page.getByRole('searchbox')).toHaveValue('<img src=x onerror=alert(1)>');
});

test('the way to the sign-in page leads back only to pages of the office', async ({ page, house }) => {
  const own = agency('620001');
  await house.signedIn(page, own);
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await expect(page.getByText('ออกจากระบบแล้ว')).toBeVisible();
  await page.goto('/sign-in?next=https://elsewhere.test/office');
  await signIn(page, house, own);
  await expect(page).toHaveURL(`${house.url}/office`);
});

test('what is fetched when it is first needed says so when the line is dead, and is fetched when it is back', async ({ page, house, context }) => {
  const own = agency('230001');
  await house.signedIn(page, own);
  await house.records(page, own, held('สายหลุด', 'ต่อใหม่'));
  await page.goto('/office/personnel');
  // The record itself has come: what is missing from here on is what a press fetches.
  await expect(page.getByRole('button', { name: 'ถังขยะ' })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'ถังขยะ' }).click();
  await expect(page.getByText('ติดต่อระบบไม่ได้')).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'ลองอีกครั้ง' }).click();
  await page.getByRole('button', { name: 'ถังขยะ' }).click();
  await expect(page.getByRole('button', { name: 'เลิกทำ' })).toBeFocused();

  // The dead line is what the test did.
  house.complaints.splice(0, house.complaints.length, ...house.complaints.filter((line) => !/net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(line)));
});

test('a refusal is told as what it is, whatever cannot be fetched but the page itself', async ({ page, house }) => {
  // What the page names comes with it; all else would be fetched later.
  const named = await (await fetch(`${house.url}/sign-in`)).text();
  await page.route('**/assets/*.js', (route) => (named.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort()));
  await page.goto('/sign-in');
  const form = page.locator('#sign-in');
  await form.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await expect(form.locator('[data-part="summary"]')).toContainText('มีข้อมูลที่ต้องแก้ไข');
});

test('what was pressed is done with what was shown then, however late it is fetched', async ({ page, house }) => {
  const own = agency('250001');
  await house.signedIn(page, own);
  await house.records(page, own, held('เห็นก่อน', 'กดลบ'));
  // A photo that is being checked has the screen fetch what stands, once more, by itself.
  let checked = false;
  await page.route(/\/clerks$/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    if (!checked) body.current.photo = { id: 'AAAAAAAAAAAAAAAAAAAAAA', state: 'processing', large: null, small: null };
    await route.fulfill({ response, json: body });
  });
  await page.route(/\/photos\/A+$/, (route) => route.fulfill({ json: { state: checked ? 'ready' : 'processing', large: null, small: null } }));
  let arrive = (): void => {};
  const late = new Promise<void>((resolve) => { arrive = resolve; });
  await page.route(/\/assets\/personnel-acts\./, async (route) => { await late; await route.continue(); });

  await page.goto('/office/personnel');
  const bin = page.getByRole('button', { name: 'ถังขยะ' });
  await bin.click();
  await expect(bin).toHaveAttribute('aria-busy', 'true');
  await house.edits(page, own, held('แก้ไข', 'ทีหลัง'));
  checked = true;
  await expect(page.locator('#current')).toContainText('ทีหลัง');
  arrive();
  await expect(page.getByText('จึงยังไม่ได้ลบ')).toBeVisible();
  await expect(page.locator('#current')).toContainText('ทีหลัง');
});

test('whoever signs out leaves no half-filled form behind', async ({ page, house }) => {
  const own = agency('240001');
  await house.signedIn(page, own);
  await page.goto('/office/personnel/edit');
  await page.getByLabel('มีผู้ดำรงตำแหน่ง', { exact: true }).check();
  await page.getByLabel('นามสกุล').fill('ค้างไว้');
  const drafts = (): Promise<number> => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('palad.draft.')).length);
  await expect.poll(drafts).toBe(1);
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click();
  await expect(page.getByText('ออกจากระบบแล้ว')).toBeVisible();
  expect(await drafts()).toBe(0);
});
