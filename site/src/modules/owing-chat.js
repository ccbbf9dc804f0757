/** Those who owe as a message for a chat of LINE. It says nothing that the public may not know. */

import { day } from './days.js';
import { find } from './dom.js';
import { say } from './lang.js';
import { notice } from './notice.js';
import { letterWords } from './round-words.js';

/** @typedef {import('./rounds').OwingLine} OwingLine */

/**
 * @param {import('./rounds').Summary} summary
 * @param {string} area in words
 * @param {[string, OwingLine[]][]} districts in order, each with its name
 */
export function text({ title, letter, dates }, area, districts) {
  const today = day(new Date().toISOString());
  const number = districts.reduce((sum, [, lines]) => sum + lines.length, 0);
  const head = [
    title,
    [letterWords(letter), say(`ครบกำหนด ${day(dates.deadline)}`, `due ${day(dates.deadline)}`)].filter(Boolean).join(' '),
    say(`${area} ยังไม่ตอบ ${number} แห่ง ณ วันที่ ${today}`, `${area}: ${number} owe an answer on ${today}`),
  ];
  const groups = districts.map(([name, lines]) => [
    '',
    `${name} (${lines.length})`,
    ...lines.map(({ agency, standing }, index) => `${index + 1}. ${agency.full_name}${standing === 'not_registered' ? say(' (ยังไม่ลงทะเบียน)', ' (not registered)') : ''}`),
  ].join('\n'));
  return [...head, ...groups, '', say(`ตอบได้ที่ ${location.origin}`, `Answer at ${location.origin}`)].join('\n');
}

/** @param {string} message */
export async function keep(message) {
  try {
    await navigator.clipboard.writeText(message);
    notice(say('คัดลอกแล้ว เปิด LINE แล้ววางได้เลย', 'Copied. Paste it into LINE.'), 'done');
  } catch {
    // Where the browser forbids it, the text is there to be copied by hand.
    const dialog = find(document, '#ask-copy', HTMLDialogElement);
    const box = find(dialog, 'textarea', HTMLTextAreaElement);
    box.value = message;
    find(dialog, '[data-part="cancel"]', HTMLButtonElement).onclick = () => dialog.close();
    dialog.showModal();
    box.select();
  }
}
