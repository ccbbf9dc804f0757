// The pages of the rounds, in both languages and each of their states.

import { expect } from '../support/house.ts';
import { inspect } from '../support/inspect.ts';
import { test } from '../support/own-house.ts';
import { draft, fillPhrae, opened, send } from '../support/staff-rounds.ts';
import { officer } from '../support/staff.ts';

const DAY = 24 * 60 * 60 * 1000;

for (const [lang, root] of [['th', ''], ['en', '/en']] as const) {
  test(`the rounds of the centre, ${lang}`, async ({ own: house }) => {
    test.setTimeout(300_000);
    fillPhrae(house);
    const page = await house.newDevice();
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    await officer(page, house, `rounds-${lang}@centre.test`, { role: 'central' }, root);
    await page.goto(`${root}/staff/rounds`);
    await expect(page.locator('#nothing')).toBeVisible();
    await see('rounds-none');
    const id = await draft(page, await house.now(), 'สำรวจข้อมูลปลัด อปท. ประจำปี 2569', ['54', '55'], { exceptions: [{ agency: '549001', reason: 'อยู่ระหว่างยุบรวม' }] });

    await page.goto(`${root}/staff/round/edit`);
    await page.locator('#edit button[type="submit"]').click();
    await expect(page.locator('#edit > [data-part="summary"]')).toBeFocused();
    await see('round-new-errors');
    await page.goto(`${root}/staff/round/edit?id=${id}`);
    await expect(page.locator('#exceptions li')).toBeVisible();
    await page.locator('.steps-edit summary').first().click();
    await see('round-edit');
    await page.locator('[data-act="excuse"]').click();
    await page.locator('#ask-excuse button[type="submit"]').click();
    await expect(page.locator('#ask-excuse [data-part="summary"]')).toBeFocused();
    await see('round-excuse-errors');

    await page.goto(`${root}/staff/round?id=${id}`);
    await expect(page.locator('#acts')).toBeVisible();
    await see('round-draft');
    await page.goto(`${root}/staff/round/rehearsal?id=${id}`);
    await expect(page.locator('.plan tbody tr').first()).toBeVisible();
    await see('rehearsal');
    await page.locator('[data-act="open"]').click();
    await see('rehearsal-open');
    await page.goto(`${root}/staff/round?id=2569-99`);
    await expect(page.locator('#unknown')).toBeVisible();
    await see('round-unknown');

    await send(page, 'POST', `/rounds/${id}/opening`, {});
    await page.goto(`${root}/staff/rounds`);
    await expect(page.locator('.bar')).toBeVisible();
    await see('rounds');
    await page.goto(`${root}/staff/round?id=${id}`);
    await expect(page.locator('#areas')).toBeVisible();
    await see('round-country');
    await page.locator('[data-act="move"]').click();
    await see('round-move');
    await page.goto(`${root}/staff/round?id=${id}&show=owing`);
    await expect(page.locator('#behind-heading')).toBeFocused();
    await see('round-country-owing');
    await page.goto(`${root}/staff/holidays`);
    await page.locator('[data-act="add"]').click();
    await page.locator('#ask-add button[type="submit"]').click();
    await expect(page.locator('#ask-add [data-part="summary"]')).toBeFocused();
    await see('holidays-errors');
    await page.context().close();
  });

  test(`a round in a province, ${lang}`, async ({ own: house }) => {
    test.setTimeout(300_000);
    const listed = fillPhrae(house);
    const centre = await house.newDevice();
    await officer(centre, house, `opens-${lang}@centre.test`, { role: 'central' });
    const id = await opened(centre, await house.now(), 'สำรวจข้อมูลปลัด อปท. ประจำปี 2569', ['54'], { exceptions: [{ agency: '549001', reason: 'อยู่ระหว่างยุบรวม' }] });
    const [, one, two] = listed;
    for (const [each, post] of [[one, { state: 'vacant' }], [two, undefined]] as const) {
      const device = await house.newDevice();
      const agency = { code: each?.code ?? '', mailbox: each?.mailbox ?? '', kind: 'อบต.', name: '', district: '', province: 'แพร่' };
      await house.signedIn(device, agency);
      if (post) await house.records(device, agency, post);
      await device.context().close();
    }
    // Three days on there is a curve to see.
    for (let days = 0; days < 3; days += 1) await house.wait(DAY);
    const page = await house.newDevice();
    const see = (name: string): Promise<void> => inspect(page, `${lang}-${name}`);
    await officer(page, house, `chases-${lang}@phrae.test`, { role: 'province', province: '54' }, root);
    await expect(page.locator('#open-rounds .bar')).toBeVisible();
    await see('desk-open-rounds');
    await send(page, 'POST', `/rounds/${id}/calls`, { agency: '548903', outcome: 'will_answer', note: 'คุณสมศรีรับเรื่อง' });
    await page.goto(`${root}/staff/round?id=${id}`);
    await expect(page.locator('#curve svg')).toBeVisible();
    await see('round-province');
    await page.goto(`${root}/staff/round?id=${id}&show=vacant`);
    await expect(page.locator('#agencies')).toBeVisible();
    await see('round-province-vacant');
    await page.goto(`${root}/staff/round?id=${id}&district=${encodeURIComponent('ร้องกวาง')}`);
    await expect(page.locator('#agencies')).toBeVisible();
    await see('round-district');
    await page.goto(`${root}/staff/round/owing?id=${id}`);
    await expect(page.locator('.noted li')).toHaveCount(1);
    await see('owing');
    await page.locator('[data-act="note"]').first().click();
    await page.locator('#ask-note button[type="submit"]').click();
    await expect(page.locator('#ask-note [data-part="summary"]')).toBeFocused();
    await see('owing-note-errors');
    await page.goto(`${root}/staff/round/letters?id=${id}`);
    await expect(page.locator('.sheet').first()).toBeVisible();
    await see('round-letters');
    for (const each of [centre, page]) await each.context().close();
  });
}
