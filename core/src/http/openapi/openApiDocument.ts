import type { PlatformRecord } from '../../kernel/context.js';
import type { RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { Recursive, type Json } from './jsonSchema.js';
import { operationOf, type Operation } from './operation.js';
import { pascal, SharedParts, singular } from './SharedParts.js';

/** Where each surface's API lies below the platform's own address; stores by their code. */
const ROOTS = {
  platform: '/api/v1/platform',
  admin: '/api/v1/admin',
  store: '/store/{store}/api/v1/store',
  storefront: '/api/v1/storefront',
  webhook: '/webhooks',
} as const;

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json;
}

/** OpenAPI 3.1 of exactly the modules that are on for a platform, from the same definitions that serve. */
export function openApiDocument(
  snapshot: Snapshot,
  platform: PlatformRecord,
  server: string,
): OpenApiDocument {
  const recursive = new Recursive();
  const routes = [...snapshot.routes()]
    // What is above the platforms is not at a platform's address.
    .filter(({ route }) => route.kind === 'api' && route.scope !== 'global')
    .map(({ plugin, route }) => ({
      plugin,
      route,
      path: documentedPath(route, platform),
      operation: operationOf(plugin, route, recursive),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const shared = new SharedParts({ schemas: { Problem: PROBLEM, ...recursive.schemas } });
  for (const { plugin, route, operation } of routes) note(shared, operation, plugin, route);
  const paths: Record<string, Record<string, Json>> = {};
  for (const { path, route, operation } of routes)
    (paths[path] ??= {})[route.method.toLowerCase()] = withReferences(shared, operation);
  return {
    openapi: '3.1.0',
    info: {
      title: `${platform.name} API`,
      version: '1',
      description: 'Storefront addresses lie on each store’s own host. Errors are application/problem+json.',
    },
    servers: [{ url: server }],
    tags: [...new Set(routes.map(({ plugin }) => plugin))].sort().map((name) => ({ name })),
    paths,
    components: {
      ...shared.components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of POST …/auth/login.' },
      },
    },
  };
}

function documentedPath(route: RouteDefinition, platform: PlatformRecord): string {
  const below = route.path.replace(/[:*](\w+)/g, '{$1}');
  const scoped = route.surface === 'admin' && route.scope === 'platform' ? `/platforms/${platform.code}` : '';
  return `${ROOTS[route.surface]}${scoped}${below === '/' ? '' : below}` || '/';
}

/** Names of shared parts come from the first route that has them: `/cms/pages/:id` answers a `CmsPage`. */
function note(
  shared: SharedParts,
  { parameters, requestBody, responses }: Operation,
  plugin: string,
  route: RouteDefinition,
): void {
  const noun = route.path
    .split('/')
    .filter((part) => /^[a-z]/.test(part))
    .map(pascal)
    .join('')
    .replace(new RegExp(`^${pascal(plugin)}`, 'i'), '');
  const name = pascal(plugin) + singular(noun);
  for (const parameter of parameters)
    shared.note(
      parameter,
      'parameters',
      parameter['in'] === 'path' ? pascal(String(parameter['name'])) : `${pascal(String(parameter['name']))}`,
    );
  for (const media of Object.values(requestBody?.content ?? {}) as Json[])
    shared.note(media['schema'], 'schemas', `${name}Input`);
  for (const [status, response] of Object.entries(responses)) {
    shared.note(
      response,
      'responses',
      status < '300'
        ? name
        : pascal(String(response['description']).toLowerCase().replaceAll(',', ' ')).slice(0, 60),
    );
  }
}

function withReferences(shared: SharedParts, operation: Operation): Json {
  const { parameters, requestBody, responses, ...rest } = operation;
  return {
    ...rest,
    ...(parameters.length > 0
      ? { parameters: parameters.map((parameter) => shared.shared(parameter, 'parameters')) }
      : {}),
    ...(requestBody
      ? { requestBody: { ...requestBody, content: shared.content(requestBody.content as Json) } }
      : {}),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, shared.shared(response, 'responses')]),
    ),
  };
}
