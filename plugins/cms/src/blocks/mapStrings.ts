import type { Body } from './schemas.js';

/** What to do with the two kinds of string that are more than plain text. */
export interface StringMappers {
  readonly html: (value: string) => string;
  readonly href: (value: string) => string;
}

/** A copy of a body with every `html` and every `href` replaced, however deep it stands. */
export function mapStrings(body: Body, mappers: StringMappers): Body {
  return body.map((block) => mapObject(block, mappers));
}

/** Every string of the body under the key `html`, in order. */
export function htmlOf(body: Body): string[] {
  const found: string[] = [];
  mapStrings(body, {
    html: (value) => {
      found.push(value);
      return value;
    },
    href: (value) => value,
  });
  return found;
}

function mapObject<Value extends object>(value: Value, mappers: StringMappers): Value {
  const entries = Object.entries(value).map(([key, entry]) => [key, mapEntry(key, entry, mappers)]);
  return Object.fromEntries(entries) as Value;
}

function mapEntry(key: string, value: unknown, mappers: StringMappers): unknown {
  if (typeof value === 'string')
    return key === 'html' ? mappers.html(value) : key === 'href' ? mappers.href(value) : value;
  if (Array.isArray(value))
    return value.map((entry: unknown) => (typeof entry === 'string' ? entry : mapEntry(key, entry, mappers)));
  return value !== null && typeof value === 'object' ? mapObject(value, mappers) : value;
}
