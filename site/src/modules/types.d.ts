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

export interface ClerkRecord { id: string; version: number; post: Post; photo?: Photo | null; missing: string[]; created_at: string; updated_at: string }
export interface Version { version: number; at: string; action: 'created' | 'edited' | 'deleted' | 'restored'; by: 'agency' | 'central' | 'province'; post: Post | null }
export interface Tenure { person: Person; acting: boolean; from: string | null; until: string; reason: Reason }
export interface Deleted { id: string; deleted_at: string; post: Post }
export interface Personnel { agency: Agency; current: ClerkRecord | null; history: Version[]; tenures: Tenure[]; deleted: Deleted[]; next: string | null }

export interface Session { role: string; agency: Agency; expires_at: string; ends_at: string }
export interface Entry { agency: Agency; state: State; person: Person | null; photo?: Photo | null; updated_at: string | null }
export interface Directory extends Page<Entry> { total: number; facets: { [facet: string]: { [value: string]: number } } }

export interface FieldProblem { pointer: string; detail: string; detail_en: string }
export interface Problem {
  slug: string; status: number; title: string; detail: string; request_id?: string; retry_after?: number; errors: FieldProblem[];
}
export type Answer<T> = { ok: true; status: number; body: T; etag: string | null } | { ok: false; problem: Problem };
