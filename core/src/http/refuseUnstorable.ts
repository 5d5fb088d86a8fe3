import { MalformedRequest } from '../errors/common.js';

/** Deeper than anything that a form or an API takes; checks that recurse are safe below it. */
const MAX_DEPTH = 64;
const NO_TEXT = /[\0\p{Surrogate}]/u;

/**
 * Refuses what could be parsed but neither checked nor stored: texts with a NUL or with half a surrogate pair
 * (JSON can spell both), and nests that are too deep to walk. Does not recurse itself.
 *
 * @throws {MalformedRequest}
 */
export function refuseUnstorable(body: object): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH)
      throw new MalformedRequest({ reason: `The body is nested more than ${MAX_DEPTH} levels deep.` });
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') refuseText(value);
      else if (Array.isArray(value)) for (const entry of value) next.push(entry);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, entry] of Object.entries(value)) {
          refuseText(key);
          next.push(entry);
        }
      }
    }
    level = next;
  }
}

function refuseText(text: string): void {
  if (NO_TEXT.test(text))
    throw new MalformedRequest({ reason: 'The body contains a NUL or half a character in a text.' });
}
