// The module of the provinces is written from the domain, with the site; this is its type.

/** The name of each province by its code, in Thai and in English. */
export const PROVINCES: Record<string, [string, string]>;
