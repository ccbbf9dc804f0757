/** A receipt by its number: from the address behind `#`, or as it is typed. */

import { get } from './api.js';
import { byId, find, show } from './dom.js';
import { connect } from './form.js';
import { say } from './lang.js';
import { showReceipt } from './receipt-card.js';
import './session.js';

/** @typedef {import('./types').Receipt} Receipt */

const form = find(document, '#check', HTMLFormElement);
const field = find(form, '#number', HTMLInputElement);

connect(form, {
  check: () => (field.value.trim() ? [] : [{
    pointer: '/number', detail: 'กรอกเลขที่ใบรับ', detail_en: 'Enter the number of the receipt.',
  }]),
  send: ({ number }) => {
    show(byId('found'), false);
    return /** @type {Promise<import('./types').Answer<Receipt>>} */ (get(`/receipts/${encodeURIComponent(number)}`));
  },
  done: ({ body }) => {
    showReceipt(body);
    show(byId('found'));
    history.replaceState(null, '', `#${body.number}`);
    find(byId('found'), '[data-part="genuine"]', HTMLElement).focus();
  },
  refused: (problem) => {
    if (problem.status !== 404) return false;
    problem.title = say('ไม่พบใบรับเลขที่นี้', 'There is no receipt with this number');
    problem.detail = '';
    problem.errors = [{
      pointer: '/number',
      detail: 'ตรวจตัวอักษรทีละตัว ใบรับที่ระบบออกให้มีเลขที่เสมอ',
      detail_en: 'Look at each letter again: every receipt of this system is found by its number.',
    }];
    return false;
  },
});

function take() {
  const number = decodeURIComponent(location.hash.slice(1));
  if (!number || document.getElementById(number)) return;
  field.value = number;
  form.requestSubmit();
}

take();
addEventListener('hashchange', take);
