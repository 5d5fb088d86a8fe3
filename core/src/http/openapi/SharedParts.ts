import type { Json } from './jsonSchema.js';

/** Shorter schemas are easier to read where they are used. In characters of JSON. */
const worthSharingFrom = 90;

/** Kinds of `components`, and the place in an operation that tells them apart. */
type Kind = 'schemas' | 'parameters' | 'responses';

interface Seen {
  readonly value: Json;
  readonly kind: Kind;
  readonly proposed: string;
  count: number;
}

/**
 * Moves what stands in a document several times into its components.
 *
 * A part counts once for each different part around it, so that what is only repeated with its surroundings moves
 * with them.
 */
export class SharedParts {
  readonly #seen = new Map<string, Seen>();
  readonly #names = new Map<string, string>();
  readonly #components: Record<Kind, Record<string, unknown>> = {
    schemas: {},
    parameters: {},
    responses: {},
  };

  /** @param components what has a name already */
  constructor(components: { readonly schemas?: Json } = {}) {
    Object.assign(this.#components.schemas, components.schemas);
  }

  /** Takes note of a part, with all that is in it. @param name the name it would get */
  note(value: unknown, kind: Kind, name: string): void {
    if (Array.isArray(value)) {
      for (const entry of value) this.note(entry, kind, name);
      return;
    }
    if (!isObject(value)) return;
    const key = keyOf(value, kind);
    if (key !== undefined) {
      const known = this.#seen.get(key);
      if (known) {
        known.count++;
        return;
      }
      this.#seen.set(key, { value, kind, proposed: nameFor(value, name), count: 1 });
    }
    for (const [inner, innerName, innerKind] of partsOf(value, kind, name))
      this.note(inner, innerKind, innerName);
  }

  /** The part with references in place of what is shared. */
  shared(value: unknown, kind: Kind): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.shared(entry, kind));
    if (!isObject(value)) return value;
    const key = keyOf(value, kind);
    if (key === undefined || (this.#seen.get(key)?.count ?? 0) < 2) return this.#inside(value, kind);
    return { $ref: `#/components/${kind}/${this.#named(key)}` };
  }

  /** All components that {@link shared} has referred to, by name. */
  get components(): Json {
    const filled = Object.entries(this.#components).filter(([, parts]) => Object.keys(parts).length > 0);
    return Object.fromEntries(
      filled.map(([kind, parts]) => [kind, Object.fromEntries(Object.entries(parts).sort(byName))]),
    );
  }

  #named(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const { value, kind, proposed } = this.#seen.get(key) as Seen;
    let name = proposed;
    for (let i = 2; name in this.#components[kind]; i++) name = `${proposed}${i}`;
    this.#names.set(key, name);
    // Taken before its parts are looked at: they must not get the same name.
    this.#components[kind][name] = {};
    this.#components[kind][name] = this.#inside(value, kind);
    return name;
  }

  #inside(value: Json, kind: Kind): Json {
    if (kind === 'schemas') {
      return Object.fromEntries(
        Object.entries(value).map(([word, inner]) => {
          if (word === 'properties' && isObject(inner)) {
            return [
              word,
              Object.fromEntries(
                Object.entries(inner).map(([name, schema]) => [name, this.shared(schema, 'schemas')]),
              ),
            ];
          }
          return [word, HOLDS_SCHEMAS.has(word) ? this.shared(inner, 'schemas') : inner];
        }),
      );
    }
    if (kind === 'parameters')
      return 'schema' in value ? { ...value, schema: this.shared(value['schema'], 'schemas') } : value;
    return contentOf(value).length === 0
      ? value
      : { ...value, content: this.content(value['content'] as Json) };
  }

  /** The `content` of a body or an answer with references in place of shared schemas. */
  content(content: Json): Json {
    return Object.fromEntries(
      Object.entries(content).map(([type, media]) => [
        type,
        { ...(media as Json), schema: this.shared((media as Json)['schema'], 'schemas') },
      ]),
    );
  }
}

/** Words of JSON Schema behind which schemas stand; `properties` holds them by name. */
const HOLDS_SCHEMAS = new Set([
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'additionalProperties',
  'propertyNames',
]);

function* partsOf(value: Json, kind: Kind, name: string): Generator<[unknown, string, Kind]> {
  if (kind === 'schemas') {
    for (const [word, inner] of Object.entries(value)) {
      if (word === 'properties' && isObject(inner))
        for (const [field, schema] of Object.entries(inner)) yield [schema, name + pascal(field), kind];
      else if (HOLDS_SCHEMAS.has(word)) yield [inner, word === 'items' ? singular(name) : name, kind];
    }
  } else if (kind === 'parameters') yield [value['schema'], name, 'schemas'];
  else for (const media of contentOf(value)) yield [media['schema'], name, 'schemas'];
}

function keyOf(value: Json, kind: Kind): string | undefined {
  if ('$ref' in value) return undefined;
  const text = JSON.stringify(value);
  return text.length < worthSharingFrom && kind === 'schemas' ? undefined : `${kind} ${text}`;
}

/** What an answer holds, by type of content. */
const contentOf = (response: Json): Json[] =>
  Object.values((response['content'] as Json | undefined) ?? {}) as Json[];

function nameFor(value: Json, name: string): string {
  if (
    typeof value['format'] === 'string' &&
    value['type'] === 'string' &&
    Object.keys(value).every((word) => ['type', 'format', 'pattern'].includes(word))
  ) {
    return pascal(value['format']);
  }
  const type = ((value['properties'] as Json | undefined)?.['type'] as Json | undefined)?.['const'];
  return typeof type === 'string' ? `${pascal(type)}Block` : name;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

export const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

export const singular = (name: string): string =>
  name.endsWith('ies') ? `${name.slice(0, -3)}y` : /[^s]s$/.test(name) ? name.slice(0, -1) : name;
