// A round from its draft to its end, by the central office; and a province that chases those who owe.

import type { Page } from '@playwright/test';

import { expect } from '../support/house.ts';
import { test } from '../support/own-house.ts';
import { again, dayFrom, fillPhrae, opened, send } from '../support/staff-rounds.ts';
import { officer } from '../support/staff.ts';

const TITLE = 'สำรวจข้อมูลปลัด อปท. ประจำปี 2569';
const IN_PHRAE = 84;

/** Types a day as an officer does: Buddhist year, Thai digits. */
async function typeDay(page: Page, legend: RegExp, iso: string): Promise<void> {
  const [year = '', month = '', day = ''] = iso.split('-');
  const thai = (digits: string): string => digits.replace(/\d/g, (digit) => String.fromCharCode(Number(digit) + 0x0e50));
  const group = page.getByRole('group', { name: legend });
  await group.getByLabel('วันที่').fill(thai(String(Number(day))));
  await group.getByLabel('เดือน').selectOption(month);
  await group.getByLabel('พ.ศ.').fill(thai(String(Number(year) + 543)));
}

test('the central officer makes a round, rehearses and opens it, and sees it to its end', async ({ own: house }) => {
  test.setTimeout(240_000);
  fillPhrae(house);
  const page = await house.newDevice();
  const me = await officer(page, house, 'rounds@centre.test', { role: 'central' });
  const now = await house.now();
  await page.getByRole('navigation', { name: 'เมนูเจ้าหน้าที่' }).getByRole('link', { name: 'รอบสำรวจ' }).click();
  await expect(page.getByText('ยังไม่มีรอบสำรวจ')).toBeVisible();

  // A holiday that no rule knows: no message goes out on it.
  await page.getByRole('link', { name: 'วันหยุดราชการ' }).click();
  await page.getByRole('button', { name: 'เพิ่มวันหยุด' }).click();
  const holiday = page.getByRole('dialog');
  await holiday.getByRole('button', { name: 'เพิ่ม', exact: true }).click();
  await expect(holiday.locator('[data-part="summary"]')).toBeFocused();
  await expect(holiday.locator('#day-error')).toContainText('วันที่ไม่ถูกต้อง');
  await typeDay(page, /^วันหยุด/, dayFrom(now, 9));
  await holiday.getByLabel('ชื่อวันหยุด').fill('วันหยุดพิเศษ');
  await holiday.getByRole('button', { name: 'เพิ่ม', exact: true }).click();
  await expect(page.getByText('เพิ่มวันหยุดแล้ว')).toBeVisible();
  await expect(page.locator('#years li')).toContainText('วันหยุดพิเศษ');

  // What is wrong is named at its field; what was typed stays.
  await page.getByRole('navigation', { name: 'เมนูเจ้าหน้าที่' }).getByRole('link', { name: 'รอบสำรวจ' }).click();
  await page.getByRole('link', { name: 'สร้างรอบใหม่' }).click();
  await expect(page.locator('.steps-edit > li')).toHaveCount(7);
  await page.getByLabel('เลขที่หนังสือ').fill('มท ๐๘๐๙.๔/ว ๑๒๓');
  await typeDay(page, /^ลงวันที่/, dayFrom(now, -3));
  await typeDay(page, /^เริ่มรับคำตอบ/, dayFrom(now, 0));
  await typeDay(page, /^ครบกำหนด/, dayFrom(now, -1));
  await typeDay(page, /^วันสุดท้าย/, dayFrom(now, 20));
  await page.getByRole('radio', { name: 'เฉพาะบางจังหวัด' }).check();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  const summary = page.locator('#edit > [data-part="summary"]');
  await expect(summary).toContainText('กรุณาเลือกอย่างน้อยหนึ่งจังหวัด');
  await page.getByLabel('เพิ่มจังหวัด').selectOption('54');
  await expect(page.locator('#chosen-provinces')).toContainText('แพร่');
  for (const kind of await page.locator('input[name="kind"]').all()) await kind.uncheck();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(summary).toBeFocused();
  await expect(page.locator('#title-error')).toBeVisible();
  await expect(summary).toContainText('ชื่อรอบ: กรุณากรอกช่องนี้');
  await expect(page.locator('#kinds-error')).toContainText('เลือกอย่างน้อยหนึ่งประเภท');
  for (const kind of await page.locator('input[name="kind"]').all()) await kind.check();
  await page.getByLabel('ชื่อรอบ').fill(TITLE);
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.locator('#deadline-error')).toContainText('ต้องไม่ก่อนวันเปิดรอบ');
  await typeDay(page, /^ครบกำหนด/, dayFrom(now, 12));

  // A session that has ended takes nothing with it of what was typed.
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('การเข้าสู่ระบบหมดเวลา')).toBeVisible();
  // Each code of the app counts once.
  await house.wait(60_000);
  await again(page, house, me);
  await page.goto('/staff/round/edit');
  await expect(page.getByLabel('ชื่อรอบ')).toHaveValue(TITLE);
  await expect(page.getByLabel('เลขที่หนังสือ')).toHaveValue('มท ๐๘๐๙.๔/ว ๑๒๓');
  await expect(page.locator('#chosen-provinces')).toContainText('แพร่');
  await expect(page.locator('.steps-edit > li')).toHaveCount(7);

  // One agency is excused, with the reason; one reminder less, one with a number of days that is none.
  await page.getByRole('button', { name: 'ยกเว้นหน่วยงาน' }).click();
  const excuse = page.getByRole('dialog');
  await excuse.getByRole('button', { name: 'ยกเว้น', exact: true }).click();
  await expect(excuse.locator('#reason-error')).toBeVisible();
  await excuse.getByLabel('จังหวัด').selectOption('54');
  await excuse.getByLabel('หน่วยงาน', { exact: true }).selectOption('549001');
  await excuse.getByLabel('เหตุผล').fill('อยู่ระหว่างยุบรวม');
  await excuse.getByRole('button', { name: 'ยกเว้น', exact: true }).click();
  await expect(page.locator('#exceptions li')).toContainText('อยู่ระหว่างยุบรวม');
  const step = (at: number) => page.locator('.steps-edit > li').nth(at);
  await step(1).getByRole('button', { name: 'ลบ' }).click();
  await expect(page.locator('.steps-edit > li')).toHaveCount(6);
  await step(1).getByLabel('กี่วัน').fill('สิบ');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(step(1).locator('.error')).toContainText(['ระหว่าง 1 ถึง 120', '']);
  await step(1).getByLabel('กี่วัน').fill('๑๐');
  await step(0).getByText('ข้อความเพิ่มเติม').first().click();
  await step(0).locator('textarea').fill('สอบถามได้ที่กลุ่ม LINE');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกร่างแล้ว')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(TITLE);
  await expect(page.locator('#facts')).toContainText('ที่ มท ๐๘๐๙.๔/ว ๑๒๓');

  // The draft opens again as it was left.
  await page.getByRole('link', { name: 'แก้ไข' }).click();
  await expect(page.getByLabel('ชื่อรอบ')).toHaveValue(TITLE);
  await expect(page.locator('#exceptions li')).toContainText('ร้องกวางตำบลที่ 1');
  await expect(step(1).getByLabel('กี่วัน')).toHaveValue('10');
  await expect(step(0).locator('textarea')).toHaveValue('สอบถามได้ที่กลุ่ม LINE');
  await page.getByRole('link', { name: 'ยกเลิก' }).click();

  // The rehearsal sends nothing; the opening asks first.
  const mails = async (): Promise<number> => ((await (await fetch(`${house.url}/local/mail`)).json()) as unknown[]).length;
  const before = await mails();
  await page.getByRole('link', { name: 'ตรวจและเปิดรอบ' }).click();
  await expect(page.locator('[data-slot="expected"]')).toHaveText(`${IN_PHRAE - 1} แห่ง`);
  await expect(page.locator('.plan tbody tr').first()).toContainText(`หน่วยงานที่ยังไม่ตอบ ${IN_PHRAE - 1} แห่ง`);
  expect(await mails()).toBe(before);
  await page.getByRole('button', { name: 'เปิดรอบ', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'เปิดรอบ', exact: true }).click();
  // Of the whole country the list takes several calls; the page goes on until it is done.
  await page.route('**/opening', (route) => route.fulfill({ status: 202, json: {} }), { times: 2 });
  await page.getByRole('dialog').getByRole('button', { name: 'เปิดรอบ' }).click();
  await expect(page.getByText('เปิดรอบแล้ว', { exact: true })).toBeVisible();
  await expect(page.locator('#dashboard')).toContainText(`ตอบแล้ว 0 จาก ${IN_PHRAE - 1} แห่ง`);

  // Every number opens what is behind it: the country, the province, the list to call.
  await page.locator('#counts-owing').getByRole('link', { name: /^ยังไม่ตอบ/ }).click();
  await expect(page.locator('#behind-heading')).toBeFocused();
  await page.locator('#areas').getByRole('link', { name: String(IN_PHRAE - 1) }).click();
  await expect(page.locator('#count')).toContainText(`${IN_PHRAE - 1} แห่ง`);
  await page.getByRole('link', { name: TITLE }).click();
  await expect(page.locator('#trail [aria-current]')).toHaveText('จังหวัดแพร่');
  await page.locator('#counts-answered').getByRole('link', { name: /^ยกเว้น/ }).click();
  await expect(page.locator('#agencies')).toContainText('ยกเว้น: อยู่ระหว่างยุบรวม');
  await page.getByRole('link', { name: 'แสดงทั้งหมด' }).click();
  await page.locator('#areas').getByRole('link', { name: 'อำเภอสูงเม่น' }).click();
  // The head of the district, and eleven agencies.
  await expect(page.locator('#agencies tbody tr')).toHaveCount(12);
  await page.locator('#trail').getByRole('link', { name: 'ทั้งประเทศ' }).click();

  // Of an open round the title and the reminders can still be mended; who is asked, and when, cannot.
  await page.getByRole('link', { name: 'แก้ไข' }).click();
  await expect(page.getByText('รอบนี้เปิดแล้ว')).toBeVisible();
  await expect(page.getByRole('group', { name: /^ครบกำหนด/ })).toBeHidden();
  await expect(page.getByRole('group', { name: 'ประเภทหน่วยงาน' })).toBeHidden();
  await step(1).getByLabel('กี่วัน').fill('8');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกแล้ว', { exact: true })).toBeVisible();

  // The deadline moves, reminders stop and go on, and the round ends with its report.
  await page.getByRole('button', { name: 'เลื่อนกำหนด' }).click();
  await typeDay(page, /^ครบกำหนดใหม่/, dayFrom(now, -1));
  const move = page.getByRole('dialog');
  await move.getByRole('button', { name: 'เลื่อนกำหนด' }).click();
  await expect(move.locator('[data-part="summary"]')).toBeFocused();
  await typeDay(page, /^ครบกำหนดใหม่/, dayFrom(now, 15));
  await move.getByRole('button', { name: 'เลื่อนกำหนด' }).click();
  await expect(page.getByText('เลื่อนกำหนดแล้ว')).toBeVisible();
  await expect(page.locator('[data-slot="moved"]')).toContainText('เลื่อนกำหนดจาก');
  await page.getByRole('button', { name: 'หยุดการแจ้งเตือน' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'หยุดการแจ้งเตือน' }).click();
  await expect(page.locator('[data-slot="stopped"]')).toBeVisible();
  await page.getByRole('button', { name: 'เริ่มส่งการแจ้งเตือนอีกครั้ง' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'เริ่มส่งอีกครั้ง' }).click();
  await expect(page.locator('[data-slot="stopped"]')).toBeHidden();

  await page.goto('/staff/rounds');
  await page.getByRole('button', { name: 'หยุดการแจ้งเตือนทุกรอบ' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'หยุดการแจ้งเตือน' }).click();
  await expect(page.locator('[data-slot="all-stopped"]')).toBeVisible();
  await page.getByRole('button', { name: 'เริ่มส่งการแจ้งเตือนอีกครั้ง' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'เริ่มส่งอีกครั้ง' }).click();
  await expect(page.locator('[data-slot="all-stopped"]')).toBeHidden();
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: 'ปิดรอบ' }).click();
  await expect(page.getByRole('dialog')).toContainText(`ยังไม่ตอบ ${IN_PHRAE - 1} แห่ง`);
  await page.getByRole('dialog').getByRole('button', { name: 'ปิดรอบ' }).click();
  await expect(page.getByText('ปิดรอบแล้ว และบันทึกผลสรุปไว้')).toBeVisible();
  await expect(page.locator('[data-slot="reckoned"]')).toContainText('ผลสรุปเมื่อปิดรอบ');
  await expect(page.getByRole('heading', { name: 'จัดการรอบ' })).toBeHidden();

  // A round of the past is entered for the record: it is over, and nobody is written to.
  await page.goto('/staff/round/edit');
  await page.getByLabel('ชื่อรอบ').fill('สำรวจข้อมูลปลัด พ.ศ. ๒๕๖๖');
  await page.getByLabel('เลขที่หนังสือ').fill('มท ๐๘๐๙.๔/ว ๑');
  for (const [legend, iso] of [[/^ลงวันที่/, '2023-01-05'], [/^เริ่มรับคำตอบ/, '2023-01-10'], [/^ครบกำหนด/, '2023-03-31'], [/^วันสุดท้าย/, '2023-04-30']] as const) {
    await typeDay(page, legend, iso);
  }
  await page.getByLabel('เป็นรอบย้อนหลัง').check();
  await expect(page.locator('#steps')).toBeHidden();
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText('บันทึกรอบย้อนหลังแล้ว')).toBeVisible();
  await expect(page.locator('#facts')).toContainText('31 มีนาคม 2566');
  await expect(page.getByRole('link', { name: 'ตรวจและเปิดรอบ' })).toBeHidden();
  await page.context().close();
});

test('a province finds on a phone who owes, calls, and notes it', async ({ own: house }) => {
  test.setTimeout(180_000);
  const listed = fillPhrae(house);
  const centre = await house.newDevice();
  await officer(centre, house, 'opens@centre.test', { role: 'central' });
  const id = await opened(centre, await house.now(), TITLE, ['54']);

  const page = await house.newDevice({ viewport: { width: 360, height: 740 } });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await officer(page, house, 'chases@phrae.test', { role: 'province', province: '54' });
  // The desk says it already: what is open, how long, how many owe.
  await expect(page.locator('#open-rounds')).toContainText('เหลือ 12 วัน');
  await expect(page.locator('#open-rounds')).toContainText(`ตอบแล้ว 0 จาก ${IN_PHRAE} แห่ง`);
  await page.getByRole('link', { name: 'รอบสำรวจ', exact: true }).click();
  await expect(page.getByRole('link', { name: 'สร้างรอบใหม่' })).toBeHidden();
  await page.getByRole('link', { name: `ยังไม่ตอบ ${IN_PHRAE} แห่ง โทรตาม` }).click();
  await expect(page.locator('#count')).toHaveText(`${IN_PHRAE} แห่ง จากที่ยังไม่ตอบ ${IN_PHRAE} โทรแล้ว 0`);
  const rows = page.locator('.calls tr[data-code]');
  await expect(rows).toHaveCount(IN_PHRAE);

  // One is found by its name; its number is dialled by a touch.
  const one = listed.find(({ district }) => district === 'สูงเม่น');
  await page.getByLabel('ชื่อหน่วยงานหรืออำเภอ').fill('สูงเม่นตำบลที่ 2');
  await expect(rows).toHaveCount(1);
  await expect(rows.first().locator('a[href^="tel:"]')).toHaveAttribute('href', /^tel:\+665453\d{4}$/);
  await page.getByLabel('ชื่อหน่วยงานหรืออำเภอ').fill(one?.district ?? '');
  await expect(rows).toHaveCount(11);

  // A call is noted; the list goes on to the next that was not called yet.
  await page.getByRole('radio', { name: /ยังไม่ได้โทร/ }).check();
  const name = await rows.nth(1).getByRole('link').first().innerText();
  const next = await rows.nth(2).getAttribute('data-code');
  await rows.nth(1).getByRole('button', { name: /^บันทึกการโทร/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(name);
  await dialog.getByRole('button', { name: 'บันทึก' }).click();
  await expect(dialog.locator('#outcome-error')).toBeVisible();
  await dialog.getByRole('radio', { name: 'รับว่าจะตอบ' }).check();
  await dialog.getByLabel('บันทึกเพิ่มเติม').fill('คุณสมศรีรับเรื่อง');
  await dialog.getByRole('button', { name: 'บันทึก' }).click();
  await expect(page.getByText(`บันทึกการโทรถึง ${name} แล้ว`)).toBeVisible();
  await expect(rows).toHaveCount(10);
  await expect(page.locator(`tr[data-code="${next}"] [data-act="note"]`)).toBeFocused();
  await page.reload();
  await expect(page.locator('[data-count="uncalled"]')).toHaveText(String(IN_PHRAE - 1));
  await expect(rows.filter({ hasText: name })).toContainText('รับว่าจะตอบ: คุณสมศรีรับเรื่อง');

  // The list for a chat: of the province, and of one district; no telephone numbers in it.
  await page.getByRole('button', { name: 'คัดลอกสำหรับ LINE' }).click();
  await expect(page.getByText('คัดลอกแล้ว')).toBeVisible();
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const whole = await copied();
  expect(whole.split('\n')[0]).toBe(TITLE);
  expect(whole).toContain(`จังหวัดแพร่ ยังไม่ตอบ ${IN_PHRAE} แห่ง`);
  expect(whole).toContain(name);
  expect(whole).not.toContain('5453');
  await page.getByRole('button', { name: 'คัดลอกอำเภอลอง' }).click();
  await expect(async () => expect(await copied()).toContain('ยังไม่ตอบ 11 แห่ง')).toPass();

  // The letters to be signed: one to each district officer, and one to each agency that is written to directly.
  await page.getByRole('link', { name: 'หนังสือติดตาม' }).click();
  const toDistrict = page.locator('.sheet').filter({ hasText: 'เรียน นายอำเภอสูงเม่น' });
  await expect(toDistrict.locator('li')).toHaveCount(11);
  await expect(toDistrict).toContainText('อ้างถึง หนังสือ ที่ มท ๐๘๐๙.๔/ว ๑๒๓');
  await expect(toDistrict).toContainText('จึงเรียนมาเพื่อพิจารณาดำเนินการ');
  await expect(toDistrict).toContainText('ท้องถิ่นจังหวัดแพร่');
  const named = await page.locator('.sheet li').count();
  const directly = await page.locator('.sheet').filter({ hasText: 'หน่วยงานของท่าน' }).count();
  expect(directly).toBe(2);
  expect(named + directly).toBe(IN_PHRAE);
  for (const head of ['นายกเทศมนตรีเมืองแพร่', 'นายกองค์การบริหารส่วนจังหวัดแพร่']) {
    await expect(page.locator('.sheet').filter({ hasText: `เรียน ${head}` })).toHaveCount(1);
  }
  await page.getByRole('link', { name: TITLE }).click();
  await expect(page.locator('#count')).toContainText(`จากที่ยังไม่ตอบ ${IN_PHRAE}`);
  expect(await copied()).not.toContain('อำเภอสูงเม่น');

  // Printed: the list and nothing to press.
  await page.emulateMedia({ media: 'print' });
  await expect(rows.first()).toBeVisible();
  for (const part of ['#ways', '#filter', '.calls [data-act="note"]']) await expect(page.locator(part).first()).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  // The province's numbers, and nothing of its neighbours.
  await page.getByRole('link', { name: TITLE }).click();
  await expect(page.locator('#counts-owing')).toContainText(String(IN_PHRAE));
  await expect(page.getByRole('button', { name: 'ปิดรอบ' })).toBeHidden();
  await page.goto(`/staff/round/edit?id=${id}`);
  await expect(page.getByRole('heading', { name: 'ไม่พบรอบนี้' })).toBeVisible();
  await page.goto(`/staff/round?id=${id}&province=55`);
  await expect(page.getByRole('heading', { name: 'ไม่พบรอบนี้' })).toBeVisible();

  // A district sees its own, and notes nothing.
  const district = await house.newDevice();
  await officer(district, house, 'looks@sungmen.test', { role: 'district', province: '54', district: 'สูงเม่น' });
  await district.goto(`/staff/round/owing?id=${id}`);
  await expect(district.locator('.calls tr[data-code]')).toHaveCount(11);
  await expect(district.getByRole('button', { name: /^บันทึกการโทร/ }).first()).toBeHidden();

  // What has answered is off the list.
  const answers = await house.newDevice();
  await house.signedIn(answers, { code: one?.code ?? '', mailbox: one?.mailbox ?? '', kind: 'อบต.', name: '', district: '', province: 'แพร่' });
  await house.records(answers, { code: one?.code ?? '', mailbox: '', kind: '', name: '', district: '', province: '' }, { state: 'vacant' });
  await expect(async () => {
    const { body } = await send(page, 'GET', `/rounds/${id}/progress`);
    expect(body.tally.vacant).toBe(1);
  }).toPass({ timeout: 15_000 });
  await page.goto(`/staff/round?id=${id}`);
  await page.locator('#counts-answered').getByRole('link', { name: /^ตำแหน่งว่าง/ }).click();
  await expect(page.locator('#agencies tbody tr')).toHaveCount(2);
  await expect(page.locator('#agencies')).toContainText('สูงเม่นตำบลที่ 1');
  for (const each of [centre, page, district, answers]) await each.context().close();
});
