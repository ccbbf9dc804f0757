// The agencies of the demonstration. Each test has one of its own, so that tests can run side by side.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Agency { code: string; kind: string; name: string; district: string; province: string; mailbox: string }

const FILE = resolve(import.meta.dirname, '../../../infra/local/demo/agencies.csv');

const all: Agency[] = readFileSync(FILE, 'utf8').trim().split('\n').slice(1).map((line) => {
  const [code = '', kind = '', name = '', district = '', province = '', , mailbox = ''] = line.trim().split(',');
  return { code, kind, name, district, province, mailbox };
});

export function agency(code: string): Agency {
  const found = all.find((each) => each.code === code);
  if (!found) throw new Error(`the demonstration has no agency ${code}`);
  return found;
}
