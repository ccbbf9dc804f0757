// The module of words is written from the domain, with the site; this is its type.

import type { Reason, State } from './types';

export const STATES: Record<State, [string, string]>;
export const REASONS: Record<Reason, [string, string]>;
