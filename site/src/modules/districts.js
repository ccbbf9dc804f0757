/** Agencies of a province as offices read them: by district, and by name in it. */

import { collator } from './thai.js';

/** @typedef {import('./types').Agency} Agency */

/**
 * Puts them in order, in place.
 * @template {{ agency: Agency }} T
 * @param {T[]} items
 */
export function inOrder(items) {
  return items.sort((a, b) => collator.compare(a.agency.district, b.agency.district) || collator.compare(a.agency.full_name, b.agency.full_name));
}

/**
 * Those of each district, with its name; what is in no district stands under its province.
 * @template {{ agency: Agency }} T
 * @param {T[]} items in order
 * @returns {[string, T[]][]}
 */
export function byDistrict(items) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const { district, province } = item.agency;
    const name = district ? `อำเภอ${district}` : province;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups];
}
