import Handlebars from 'handlebars';
import { described, HelperMisuse, type HelperCall } from './helper.js';

/** What could end the script element, or start a comment in it, and the two line ends that old parsers trip over. */
const SPECIAL = /[<>&\u2028\u2029]/g;

/**
 * `{{jsonLd head.structuredData}}`: objects of schema.org, each in a script element of its own.
 *
 * Such an element is data: browsers do not run it, and the content security policy does not concern it. Every `<`,
 * `>` and `&` is written as an escape of JSON, so that no text in it can leave the element.
 */
export function jsonLd(objects: unknown, call: HelperCall): unknown {
  if (!Array.isArray(objects)) throw new HelperMisuse(call, `jsonLd takes a list, not ${described(objects)}`);
  const elements = objects.map(
    (object: unknown) => `<script type="application/ld+json">${escaped(object)}</script>`,
  );
  return new Handlebars.SafeString(elements.join('\n'));
}

const escaped = (object: unknown): string =>
  JSON.stringify(object).replace(
    SPECIAL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
