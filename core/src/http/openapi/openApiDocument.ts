import { z } from 'zod';
import type { PlatformRecord } from '../../kernel/context.js';
import type { RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';

type Json = Record<string, unknown>;

/** Where each surface's API lies below the platform's own address; stores by their code. */
const ROOTS = {
  platform: '/api/v1/platform', admin: '/api/v1/admin', store: '/store/{store}/api/v1/store',
  storefront: '/api/v1/storefront', webhook: '/webhooks',
} as const;

const PROBLEM: Json = {
  type: 'object', required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' },
    detail: { type: 'string' }, requestId: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } } },
  },
};

/** OpenAPI 3.1 of exactly the modules that are on for a platform, from the same definitions that serve. */
export function openApiDocument(snapshot: Snapshot, platform: PlatformRecord, server: string): Json {
  const paths: Record<string, Json> = {};
  const tags = new Set<string>();
  for (const { plugin, route } of snapshot.routes()) {
    if (route.kind !== 'api') continue;
    tags.add(plugin);
    const path = documentedPath(route, platform);
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(plugin, route);
  }
  return {
    openapi: '3.1.0',
    info: { title: `${platform.name} API`, version: '1', description: 'Storefront addresses lie on each store’s own host. Errors are application/problem+json.' },
    servers: [{ url: server }],
    tags: [...tags].sort().map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The token of POST …/auth/login.' } },
    },
  };
}

function documentedPath(route: RouteDefinition, platform: PlatformRecord): string {
  const below = route.path.replace(/[:*](\w+)/g, '{$1}');
  const scoped = route.surface === 'admin' && route.scope === 'platform' ? `/platforms/${platform.code}` : '';
  return `${ROOTS[route.surface]}${scoped}${below === '/' ? '' : below}` || '/';
}

function operation(plugin: string, route: RouteDefinition): Json {
  const schema = jsonSchema(route.input, 'input');
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
      ...(route.surface === 'store' ? [{ name: 'store', in: 'path', required: true, schema: { type: 'string' }, description: 'Code of the store.' }] : []),
      ...inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' }, ...withExample(name) })),
      ...(inQuery ? rest.map((name) => ({ name, in: 'query', required: required.has(name), schema: properties[name] ?? {}, ...withExample(name) })) : []),
      ...(route.idempotent ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 } }] : []),
    ],
    ...(route.upload ? { requestBody: uploadBody(properties, rest, required) } : !inQuery && rest.length > 0 ? { requestBody: requestBody(schema, rest, required, example) } : {}),
    responses: responses(route),
  };
}

function requestBody(schema: Json, names: readonly string[], required: ReadonlySet<string>, example: Json | undefined): Json {
  const properties = schema['properties'] as Json;
  const pick = (source: Json): Json => Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
  return {
    required: names.some((name) => required.has(name)),
    content: { 'application/json': {
      schema: { type: 'object', properties: pick(properties), required: names.filter((name) => required.has(name)), additionalProperties: false },
      ...(example ? { example: pick(example) } : {}),
    } },
  };
}

/** A form with a file; its fields stand beside it. */
function uploadBody(properties: Readonly<Record<string, Json>>, names: readonly string[], required: ReadonlySet<string>): Json {
  return {
    required: true,
    content: { 'multipart/form-data': { schema: {
      type: 'object', properties: { ...Object.fromEntries(names.map((name) => [name, properties[name]])), file: { type: 'string', format: 'binary' } },
      required: [...names.filter((name) => required.has(name)), 'file'], additionalProperties: false,
    } } },
  };
}

function responses(route: RouteDefinition): Json {
  const problem = (description: string): Json => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });
  const described = new Map<number, string[]>();
  const add = (status: number, code: string): void => { described.set(status, [...(described.get(status) ?? []), code]); };
  if (route.access !== 'public') { add(401, 'NOT_SIGNED_IN'); add(403, 'PERMISSION_DENIED'); }
  if (route.feature) add(402, 'FEATURE_NOT_IN_TIER');
  add(422, 'INVALID_INPUT');
  if (route.upload) { add(413, 'PAYLOAD_TOO_LARGE'); add(415, 'UNSUPPORTED_MEDIA_TYPE'); }
  for (const { code, status } of route.errors) add(status, code);
  return {
    [String(route.status)]: {
      description: 'Done.',
      ...(route.output ? { content: { 'application/json': { schema: jsonSchema(route.output, 'output') } } } : {}),
    },
    ...Object.fromEntries([...described].sort(([a], [b]) => a - b).map(([status, codes]) => [String(status), problem(codes.join(', '))])),
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io, unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(json, { type: 'string', format: 'date-time' });
    },
  }) as Json;
  return rest;
}
