import type { Json } from '../../http/openapi/jsonSchema.js';

/** A word of a type; with an address where it names a shared schema. */
export interface TypePart {
  readonly text: string;
  readonly href: string | null;
}

/** A line of a table of fields or parameters. */
export interface FieldRow {
  /** With its way from the root: `seo.title`, `body[].type`. */
  readonly name: string;
  readonly type: readonly TypePart[];
  readonly isRequired: boolean;
  /** Bounds and description. */
  readonly note: string;
  /** Of parameters: path, query or header; else ''. */
  readonly place: string;
  readonly example: string | null;
}

/** Deeper ones are seldom read, and are in the document. */
const deepestRow = 3;

/** The fields of a schema, nested ones after the one they are in. */
export function rowsOf(schema: Json, prefix = '', depth = 0): FieldRow[] {
  if (depth > deepestRow) return [];
  const properties = schema['properties'] as Record<string, Json> | undefined;
  if (!properties) {
    const items = schema['items'] as Json | undefined;
    return schema['type'] === 'array' && items?.['properties']
      ? rowsOf(items, `${prefix}[].`, depth + 1)
      : [];
  }
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries(properties).flatMap(([name, field]) => [
    {
      name: prefix + name,
      type: typeOf(field),
      isRequired: required.has(name),
      note: noteOf(field),
      place: '',
      example: null,
    },
    ...nestedRows(field, prefix + name, depth + 1),
  ]);
}

function nestedRows(field: Json, name: string, depth: number): FieldRow[] {
  const items = field['items'] as Json | undefined;
  if (field['properties']) return rowsOf(field, `${name}.`, depth);
  if (items?.['properties']) return rowsOf(items, `${name}[].`, depth);
  return [];
}

/** A schema in a few words, such as `list of CmsPage` or `text (uuid) or null`. */
export function typeOf(schema: Json): TypePart[] {
  const address = schema['$ref'];
  if (typeof address === 'string') {
    const name = address.slice(address.lastIndexOf('/') + 1);
    return [{ text: name, href: `#schema-${name}` }];
  }
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (choices) return joined(choices.map(typeOf), ' or ');
  const all = schema['allOf'] as Json[] | undefined;
  if (all) return joined(all.map(typeOf), ' and ');
  if ('const' in schema) return plain(JSON.stringify(schema['const']));
  const values = schema['enum'] as unknown[] | undefined;
  if (values) return plain(values.map((value) => JSON.stringify(value)).join(' | '));
  if (schema['type'] === 'array') return [...plain('list of '), ...typeOf((schema['items'] ?? {}) as Json)];
  const others = schema['additionalProperties'];
  if (schema['type'] === 'object' && !schema['properties'] && typeof others === 'object' && others !== null) {
    return [...plain('object of '), ...typeOf(others as Json)];
  }
  const type = schema['type'] === undefined ? 'anything' : String(schema['type']);
  return plain(typeof schema['format'] === 'string' ? `${type} (${schema['format']})` : type);
}

function noteOf(schema: Json): string {
  const bounds = (
    [
      ['minLength', 'at least', 'characters'],
      ['maxLength', 'at most', 'characters'],
      ['minimum', 'from', ''],
      ['exclusiveMinimum', 'above', ''],
      ['maximum', 'to', ''],
      ['minItems', 'at least', 'entries'],
      ['maxItems', 'at most', 'entries'],
    ] as const
  ).flatMap(([word, before, after]) =>
    schema[word] === undefined ? [] : [`${before} ${String(schema[word])} ${after}`.trim()],
  );
  const standard = schema['default'] === undefined ? [] : [`default ${JSON.stringify(schema['default'])}`];
  return [
    ...(typeof schema['description'] === 'string' ? [schema['description']] : []),
    ...bounds,
    ...standard,
  ].join(', ');
}

const plain = (text: string): TypePart[] => [{ text, href: null }];

const joined = (lists: readonly TypePart[][], word: string): TypePart[] =>
  lists.flatMap((list, i) => (i === 0 ? list : [...plain(word), ...list]));
