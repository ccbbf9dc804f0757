// What goes over the wire about rounds. Read by the checker, never by a browser.

import type { Agency, RoundAnswer } from './types';

export interface Letter { number: string; date: string }
export interface Dates { opens: string; deadline: string; closes: string }
export interface Attachment { id: string; name: string; length: number; url: string }
export interface Upload { id: string; upload: { method: string; url: string; headers: Record<string, string> }; expires_at: string }
export interface Move { from: string; to: string; at: string }
export interface Summary {
  id: string; title: string; letter: Letter | null; state: 'draft' | 'opening' | 'open' | 'closed'; dates: Dates;
  phase: 'before' | 'on_time' | 'late' | 'over'; days_left: number; history: boolean;
  frozen: { expected: number; excused: number; hash: string } | null; moves: Move[];
  opened_at: string | null; closed_at: string | null; stopped_at: string | null; attachments?: Attachment[];
}
export interface RoundList { items: Summary[]; reminders_stopped_at: string | null }

export interface Scope { kinds: string[]; provinces: string[]; exceptions: { agency: string; reason: string }[] }
export interface Step { when: 'opening' | 'before' | 'after'; days?: number; text: string | null }
export interface Round extends Summary {
  scope: Scope; steps: Step[]; created_at: string; report: { at: string; tally: Tally; provinces: Area[] } | null;
}

export type Owing = 'silent' | 'not_registered' | 'unreachable';
export type Standing = Owing | 'exempt' | 'confirmed' | 'updated' | 'vacant';
export type Count = Standing | 'all' | 'answered' | 'owing' | 'late';
export type Tally = Record<Count, number>;
export interface Area { code: string | null; name: string; tally: Tally }
export interface AgencyLine { agency: Agency; standing: Standing; excused: string | null; answer: RoundAnswer | null }
export interface Point { day: string; answered: number; all: number }
export interface Progress {
  round: Summary; level: 'country' | 'province' | 'district'; province: string | null; district: string | null;
  tally: Tally; areas: Area[]; agencies: AgencyLine[]; curve: Point[];
}

export type Outcome = 'reached' | 'no_answer' | 'wrong_number' | 'will_answer';
export interface CallNote { at: string; by: 'province' | 'central'; outcome: Outcome; note: string | null }
export interface OwingLine { agency: Agency; telephone: string | null; standing: Owing; calls: CallNote[] }

export interface Rehearsal {
  expected: number; excused: number; unregistered: number; without_address: number;
  days: { day: string; step: string; to: 'agency' | 'province'; number: number }[];
}
export interface Holidays { items: { day: string; name: string }[] }
export interface Exported { url: string; name: string; rows: number; expires_at: string }
