// The files of a round: the letter goes in as PDF, lists come out as CSV.

import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '../support/house.ts';
import { test } from '../support/own-house.ts';
import { PAGE_NAMED_JPG, PDF_NAMED_JPG } from '../support/photos.ts';
import { draft, fillPhrae, send } from '../support/staff-rounds.ts';
import { officer } from '../support/staff.ts';

const PDF = { name: 'หนังสือแจ้งเวียน.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') };

test('a letter is attached as PDF, and the lists are fetched as CSV', async ({ own: house }) => {
  test.setTimeout(180_000);
  fillPhrae(house);
  const page = await house.newDevice();
  await officer(page, house, 'files@centre.test', { role: 'central' });
  const id = await draft(page, await house.now(), 'สำรวจข้อมูลปลัด อปท. ประจำปี 2569', ['54']);
  await page.goto(`/staff/round?id=${id}`);
  await expect(page.locator('#files')).toBeVisible();
  const input = page.locator('#file');
  const error = page.locator('#file-error');

  // What is no PDF, or too large, is refused in words before or after it is sent.
  await input.setInputFiles({ ...PDF_NAMED_JPG });
  await expect(error).toContainText('แนบได้เฉพาะไฟล์ PDF');
  const large = join(house.data, 'large.pdf');
  writeFileSync(large, Buffer.alloc(30 * 1024 * 1024));
  await input.setInputFiles(large);
  await expect(error).toContainText('แนบได้ไม่เกิน 10 MB');
  await input.setInputFiles({ ...PAGE_NAMED_JPG, name: 'letter.pdf', mimeType: 'application/pdf' });
  await expect(page.locator('#attach [data-part="summary"]')).toBeFocused();
  await expect(page.locator('#files > .rows > li')).toHaveCount(0);

  // An answer that is lost on the way is asked for again, and what was done half is done.
  const lose = (url: string) => page.route(url, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await lose('**/completion');
  await input.setInputFiles(PDF);
  await expect(page.getByText(`แนบไฟล์ ${PDF.name} แล้ว`)).toBeVisible();
  const link = page.getByRole('link', { name: `เปิดไฟล์ ${PDF.name}` });
  await expect(link).toBeVisible();
  const address = await link.getAttribute('href');
  const answer = await fetch(new URL(address ?? '', house.url));
  expect(Buffer.from(await answer.arrayBuffer()).equals(PDF.buffer)).toBe(true);

  // Attaching made another version, and what is done next knows it.
  await page.getByRole('button', { name: `ลบ ${PDF.name}` }).click();
  await lose('**/attachments/*');
  await page.getByRole('dialog').getByRole('button', { name: 'ลบไฟล์' }).click();
  await expect(page.getByText(`ลบไฟล์ ${PDF.name} แล้ว`)).toBeVisible();
  await expect(page.locator('#files > .rows > li')).toHaveCount(0);

  await send(page, 'POST', `/rounds/${id}/opening`, {});
  await page.goto(`/staff/round/owing?id=${id}&province=54`);
  const fetched = page.waitForEvent('download');
  await page.getByRole('button', { name: 'ดาวน์โหลด CSV' }).click();
  const download = await fetched;
  await expect(page.getByText('ไฟล์พร้อมแล้ว 84 แถว')).toBeVisible();
  expect(download.suggestedFilename()).toContain(id);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.trim().split('\r\n')).toHaveLength(85);

  // The directory too, of one province or of the country.
  await page.goto('/staff/agencies?province=54');
  const another = page.waitForEvent('download');
  await page.getByRole('button', { name: 'ดาวน์โหลดทำเนียบปลัด CSV' }).click();
  expect(readFileSync(await (await another).path(), 'utf8').trim().split('\r\n').length).toBeGreaterThan(1);

  // Both are told of where the office sees what its officers do.
  await page.goto('/staff/people');
  const told = page.getByRole('heading', { name: 'ใครทำอะไรเมื่อไร' }).locator('..').locator('.rows > li');
  await expect(told.first()).toContainText('ดาวน์โหลดทำเนียบปลัด');
  await expect(told.nth(1)).toContainText(`ดาวน์โหลดรายชื่อหน่วยงานที่ยังไม่ตอบรอบ ${id} จังหวัดแพร่ จำนวน 84 แห่ง`);
  await expect(told.nth(1)).toContainText('โดยสำนักงาน ก.ถ. (นางสาวดวงใจ เมืองแพร่)');
  await page.context().close();
});
