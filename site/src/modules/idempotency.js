/** Keys by which a call that is sent again is known to be the same. */

/**
 * A key for one content: the same content sent again keeps its key, so that a save that was repeated
 * because the line dropped is one save.
 */
export function idempotencyKeys() {
  let last = '';
  let key = '';
  return (/** @type {unknown} */ body) => {
    const content = JSON.stringify(body);
    if (content !== last) [last, key] = [content, crypto.randomUUID()];
    return key;
  };
}
