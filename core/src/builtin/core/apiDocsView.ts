import type { Json } from '../../http/openapi/jsonSchema.js';
import type { OpenApiDocument } from '../../http/openapi/openApiDocument.js';
import { curlOf } from './apiDocsCurl.js';
import { rowsOf, typeOf, type FieldRow, type TypePart } from './apiDocsFields.js';

export interface ApiDocsView {
  readonly title: string;
  readonly description: string;
  readonly server: string;
  readonly count: number;
  readonly groups: readonly ApiGroup[];
  readonly schemas: readonly {
    readonly name: string;
    readonly type: readonly TypePart[];
    readonly rows: readonly FieldRow[];
  }[];
}

/** The operations of one module. */
export interface ApiGroup {
  readonly name: string;
  readonly operations: readonly ApiOperation[];
}

interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly needsToken: boolean;
  readonly parameters: readonly FieldRow[];
  readonly body: {
    readonly type: readonly TypePart[];
    readonly rows: readonly FieldRow[];
    readonly example: string | null;
  } | null;
  readonly responses: readonly {
    readonly status: string;
    readonly kind: 'success' | 'danger';
    readonly text: string;
    readonly type: readonly TypePart[];
    readonly rows: readonly FieldRow[];
  }[];
  readonly curl: string;
}

/** The document as the page shows it. */
export function apiDocsView(document: OpenApiDocument): ApiDocsView {
  const components = document.components as { readonly schemas?: Record<string, Json> };
  const server = document.servers[0]?.url ?? '';
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      module: (operation['tags'] as string[])[0] as string,
      operation: operationView(document, server, path, method, operation),
    })),
  );
  return {
    title: document.info.title,
    description: document.info.description,
    server,
    count: operations.length,
    groups: document.tags.map(({ name }) => ({
      name,
      operations: operations.filter(({ module }) => module === name).map(({ operation }) => operation),
    })),
    schemas: Object.entries(components.schemas ?? {}).map(([name, schema]) => ({
      name,
      type: typeOf(schema),
      rows: rowsOf(schema),
    })),
  };
}

/** Groups with the operations that have every word in method, path or summary; empty groups are left out. */
export function matching(groups: readonly ApiGroup[], q: string): readonly ApiGroup[] {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return groups;
  return groups
    .map(({ name, operations }) => ({
      name,
      operations: operations.filter(({ method, path, summary }) => {
        const text = `${name} ${method} ${path} ${summary}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function operationView(
  document: OpenApiDocument,
  server: string,
  path: string,
  method: string,
  operation: Json,
): ApiOperation {
  const resolve = (part: Json): Json => resolved(document, part);
  const parameters = ((operation['parameters'] as Json[] | undefined) ?? []).map(resolve);
  const [type, media] =
    Object.entries(
      ((operation['requestBody'] as Json | undefined)?.['content'] as Record<string, Json> | undefined) ?? {},
    )[0] ?? [];
  const needsToken = 'security' in operation;
  const example = media?.['example'];
  return {
    id: String(operation['operationId']),
    method: method.toUpperCase(),
    path,
    summary: String(operation['summary'] ?? ''),
    needsToken,
    parameters: parameters.map((parameter) => ({
      name: String(parameter['name']),
      place: String(parameter['in']),
      type: typeOf(parameter['schema'] as Json),
      isRequired: parameter['required'] === true,
      note: String(parameter['description'] ?? ''),
      example: parameter['example'] === undefined ? null : textOf(parameter['example']),
    })),
    body: media
      ? {
          type: typeOf(media['schema'] as Json),
          rows: rowsOf(media['schema'] as Json),
          example: example === undefined ? null : JSON.stringify(example, null, 2),
        }
      : null,
    responses: Object.entries(operation['responses'] as Record<string, Json>).map(([status, given]) => {
      const response = resolve(given);
      const schema = Object.values((response['content'] as Record<string, Json> | undefined) ?? {})[0]?.[
        'schema'
      ] as Json | undefined;
      return {
        status,
        kind: status < '400' ? 'success' : 'danger',
        text: String(response['description']),
        type: schema ? typeOf(schema) : [],
        rows: schema ? rowsOf(schema) : [],
      } as const;
    }),
    curl: curlOf({ server, path, method, parameters, needsToken, contentType: type, example }),
  };
}

/** What a reference within the document points to; the part itself where it is none. */
function resolved(document: OpenApiDocument, part: Json): Json {
  const address = part['$ref'];
  if (typeof address !== 'string') return part;
  const found = address
    .slice(2)
    .split('/')
    .reduce<unknown>((place, name) => (place as Json | undefined)?.[name], document);
  return found as Json;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
