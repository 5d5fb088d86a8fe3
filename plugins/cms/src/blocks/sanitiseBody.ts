import { htmlOf, mapStrings } from './mapStrings.js';
import { sanitiseHtml } from './sanitiseHtml.js';
import type { Body } from './schemas.js';

/** A copy of a body whose rich texts are reduced to the allowed elements; idempotent. */
export async function sanitiseBody(body: Body): Promise<Body> {
  const cleaned = new Map<string, string>();
  for (const html of htmlOf(body)) cleaned.set(html, await sanitiseHtml(html));
  return mapStrings(body, { html: (value) => cleaned.get(value) ?? '', href: (value) => value });
}
