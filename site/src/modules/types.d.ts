// What goes over the wire, and what modules hand to each other. Read by the checker, never by a browser.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Agency { code: string; kind: string; name: string; full_name: string; district: string; province: string }
export interface Page<T> { items: T[]; next: string | null }

export interface Person {
  prefix: string; first_name: string; last_name: string; position: string; level: string; affiliation: string;
  phone: string; mobile?: string; photo?: string;
}
export interface PhotoState { state: 'processing' | 'ready' | 'refused'; reason?: string; reason_en?: string; large: string | null; small: string | null }
export interface Photo extends PhotoState { id: string }
export interface PhotoPermission { photo: string; upload: { method: string; url: string; headers: Record<string, string> } }
export type Reason = 'transferred' | 'retired' | 'resigned' | 'died' | 'new_post' | 'other';
export type Post =
  | { state: 'held'; person: Person; since?: string }
  | { state: 'acting'; acting: Person; since?: string; reason?: Reason }
  | { state: 'vacant'; since?: string; reason?: Reason };
export type State = Post['state'] | 'none';

export interface ClerkRecord { id: string; version: number; post: Post; photo?: Photo | null; missing: string[]; created_at: string; updated_at: string; confirmed_at: string | null }
export interface Version { version: number; at: string; action: 'created' | 'edited' | 'deleted' | 'restored'; by: 'agency' | 'central' | 'province'; post: Post | null }
export interface Tenure { person: Person; acting: boolean; from: string | null; until: string; reason: Reason }
export interface Deleted { id: string; deleted_at: string; post: Post }
export interface Personnel { agency: Agency; current: ClerkRecord | null; history: Version[]; tenures: Tenure[]; deleted: Deleted[]; next: string | null }

export type Role = 'agency' | 'district' | 'province' | 'central';
export interface StaffPlace { role: Exclude<Role, 'agency'>; province?: string | null; district?: string | null }
export interface Officer { name: string; email: string; place: StaffPlace }
export interface Session { role: Role; agency: Agency | null; staff?: Officer | null; expires_at: string; ends_at: string }
export type AgencySession = Session & { agency: Agency };
export type StaffSession = Session & { staff: Officer };

export interface Device { id: string; name: string; seen_at: string; this: boolean }
export interface Under { email: string; expires_at: string }
export interface TakeOver { from: string; email_hint: string }
export interface Account {
  agency: Agency; email: string; opened_at: string; devices: Device[];
  handover: Under | null; email_change: Under | null; take_over: TakeOver | null;
}
export interface AccountRow {
  agency: Agency; state: 'none' | 'active' | 'suspended'; email_hint: string | null; opened_at: string | null;
  last_sign_in_at: string | null; telephone: string | null;
}
export interface AuditLine { number: number; at: string; who: { office: string | null; hint: string | null }; what: { th: string; en: string }; about: string | null }
export interface Proved { state: 'active' | 'awaiting_approval' | 'waiting'; from?: string | null }
export interface Claim {
  id: string; agency: Agency; email: string; state: 'awaiting_approval' | 'disputed' | 'waiting'; created_at: string; expires_at: string;
  from?: string | null; telephone: string | null; has_account: boolean; others: number;
  other_claims: { email: string; state: 'awaiting_approval' | 'disputed' | 'waiting'; created_at: string }[];
}
export interface StaffRow { id: string; name: string; email: string; place: StaffPlace; state: 'active' | 'suspended'; last_sign_in_at: string | null }
export interface Invitation extends StaffPlace { email: string; totp: { secret: string; uri: string; qr: { side: number; path: string } } }
export interface Entry { agency: Agency; state: State; person: Person | null; photo?: Photo | null; updated_at: string | null; confirmed_at: string | null }
export interface Directory extends Page<Entry> { total: number; facets: { [facet: string]: { [value: string]: number } } }

export type AnswerKind = 'confirmed' | 'updated' | 'vacant';
export interface RoundAnswer { kind: AnswerKind; answered_at: string; changed_at: string; late: boolean; receipt: string | null }
export interface When { dates: { opens: string; deadline: string; closes: string }; phase: 'before' | 'on_time' | 'late' | 'over'; days_left: number }
export interface OwnRound extends When {
  id: string; title: string; state: 'open' | 'closed'; own: { asked: 'expected' | 'excused' | 'no'; answer: RoundAnswer | null } | null;
}
export interface Receipt {
  number: string; agency: Agency; at: string; version: number; answers: { round: string; title: string; kind: AnswerKind; late: boolean }[];
}
export interface LinkView {
  round: When & { id: string; title: string }; entry: Entry; version: number; changed: boolean; answer: RoundAnswer | null; token: string | null;
}

export interface FieldProblem { pointer: string; detail: string; detail_en: string }
export interface Problem {
  slug: string; status: number; title: string; detail: string; request_id?: string; retry_after?: number; errors: FieldProblem[];
}
export type Answer<T> = { ok: true; status: number; body: T; etag: string | null } | { ok: false; problem: Problem };
