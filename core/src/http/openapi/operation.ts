import type { RouteDefinition } from '../../kernel/route.js';
import { jsonSchema, type Json, type Recursive } from './jsonSchema.js';

/** One route in the words of OpenAPI, with everything spelled out where it is used. */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary?: string;
  readonly security?: readonly Json[];
  readonly parameters: readonly Json[];
  readonly requestBody?: { readonly required: boolean; readonly content: Json };
  readonly responses: Readonly<Record<string, Json>>;
}

/** @param recursive gets the schemas that contain themselves */
export function operationOf(plugin: string, route: RouteDefinition, recursive: Recursive): Operation {
  const schema = jsonSchema(route.input, 'input', recursive);
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  const required = new Set((schema['required'] ?? []) as string[]);
  const inPath = [...route.path.matchAll(/[:*](\w+)/g)].map((match) => match[1] as string);
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const inQuery = route.method === 'GET' || route.method === 'DELETE';
  const example = route.example as Json | undefined;
  const withExample = (name: string): Json => (example && name in example ? { example: example[name] } : {});
  return {
    operationId: `${plugin}.${route.surface}.${route.method.toLowerCase()}${route.path.replace(/[^\w]+/g, '_').replace(/_$/, '')}`,
    tags: [plugin],
    ...(route.summary ? { summary: route.summary } : {}),
    ...(route.access === 'public' ? {} : { security: [{ bearer: [] }] }),
    parameters: [
      ...(route.surface === 'store'
        ? [
            {
              name: 'store',
              in: 'path',
              required: true,
              schema: { type: 'string' },
              description: 'Code of the store.',
              example: 'acme',
            },
          ]
        : []),
      ...inPath.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: properties[name] ?? { type: 'string' },
        ...withExample(name),
      })),
      ...(inQuery
        ? rest.map((name) => ({
            name,
            in: 'query',
            required: required.has(name),
            schema: properties[name] ?? {},
            ...withExample(name),
          }))
        : []),
      ...(route.idempotent
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', minLength: 1, maxLength: 200 },
              description: 'The same key and body get the first answer again.',
            },
          ]
        : []),
    ],
    ...(route.upload
      ? { requestBody: uploadBody(properties, rest, required) }
      : !inQuery && rest.length > 0
        ? { requestBody: requestBody(schema, rest, required, example) }
        : {}),
    responses: responses(route, recursive),
  };
}

function requestBody(
  schema: Json,
  names: readonly string[],
  required: ReadonlySet<string>,
  example: Json | undefined,
): Operation['requestBody'] & {} {
  const pick = (source: Json): Json =>
    Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
  const needed = names.filter((name) => required.has(name));
  return {
    required: needed.length > 0,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: pick(schema['properties'] as Json),
          ...(needed.length > 0 ? { required: needed } : {}),
          additionalProperties: false,
        },
        ...(example ? { example: pick(example) } : {}),
      },
    },
  };
}

/** A form with a file; its fields stand beside it. */
function uploadBody(
  properties: Readonly<Record<string, Json>>,
  names: readonly string[],
  required: ReadonlySet<string>,
): Operation['requestBody'] & {} {
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: {
            ...Object.fromEntries(names.map((name) => [name, properties[name]])),
            file: { type: 'string', format: 'binary' },
          },
          required: [...names.filter((name) => required.has(name)), 'file'],
          additionalProperties: false,
        },
      },
    },
  };
}

function responses(route: RouteDefinition, recursive: Recursive): Record<string, Json> {
  const described = new Map<number, string[]>();
  const add = (status: number, code: string): void => {
    described.set(status, [...(described.get(status) ?? []), code]);
  };
  if (route.access !== 'public') {
    add(401, 'NOT_SIGNED_IN');
    add(403, 'PERMISSION_DENIED');
  }
  if (route.feature) add(402, 'FEATURE_NOT_IN_TIER');
  add(422, 'INVALID_INPUT');
  if (route.upload) {
    add(413, 'PAYLOAD_TOO_LARGE');
    add(415, 'UNSUPPORTED_MEDIA_TYPE');
  }
  for (const { code, status } of route.errors) add(status, code);
  return {
    [String(route.status)]: {
      description: 'Done.',
      ...(route.output
        ? { content: { 'application/json': { schema: jsonSchema(route.output, 'output', recursive) } } }
        : {}),
    },
    ...Object.fromEntries(
      [...described].sort(([a], [b]) => a - b).map(([status, codes]) => [String(status), problem(codes)]),
    ),
  };
}

const problem = (codes: readonly string[]): Json => ({
  description: [...new Set(codes)].join(', '),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
