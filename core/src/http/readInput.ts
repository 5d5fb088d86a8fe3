import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { InvalidInput, MalformedRequest, UnsupportedMediaType } from '../errors/common.js';
import type { RouteDefinition } from '../kernel/route.js';
import { parseInput } from '../errors/parseInput.js';
import { formFields } from './formFields.js';
import { decodeUtf8, readBody } from './readBody.js';
import { refuseUnstorable } from './refuseUnstorable.js';

const DEFAULT_BODY_LIMIT_BYTES = 1024 * 1024;

/** What a request brought beside the path, before it is checked. */
export interface RawInput {
  readonly values: Readonly<Record<string, unknown>>;
  /** The body as it came, for signatures and idempotency; empty for GET and DELETE. */
  readonly body: Buffer;
}

/** Takes the query (GET, DELETE) or the body. */
export async function readRawInput(
  request: IncomingMessage,
  query: string,
  route: RouteDefinition,
): Promise<RawInput> {
  if (route.method === 'GET' || route.method === 'DELETE')
    return { values: fromQuery(query, route), body: EMPTY };
  const body = await readBody(request, route.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES);
  if (route.surface === 'webhook') return { values: webhookValues(request, body, route), body };
  return { values: parseBody(body, request.headers['content-type'] ?? '', route), body };
}

const EMPTY = Buffer.alloc(0);

/** The bytes as they came, since signatures are over them, and the headers where the route asks for them. */
const webhookValues = (
  request: IncomingMessage,
  body: Buffer,
  route: RouteDefinition,
): Record<string, unknown> =>
  Object.hasOwn(route.input.shape, 'headers') ? { body, headers: request.headers } : { body };

function fromQuery(query: string, route: RouteDefinition): Record<string, unknown> {
  if (query === '') return {};
  refuseBadEncoding(query, 'query string');
  const fields = new URLSearchParams(query);
  const names = new Set(Object.keys(route.input.shape));
  // Language is a general parameter of the API; pages tolerate what others append to links (`utm_source`).
  const known = [...fields].filter(([name]) =>
    route.kind === 'api' ? name !== 'lang' || names.has('lang') : names.has(name.split('.')[0] as string),
  );
  return formFields(known);
}

function parseBody(body: Buffer, contentType: string, route: RouteDefinition): Record<string, unknown> {
  if (body.length === 0) return {};
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (route.kind === 'page' && type === 'application/x-www-form-urlencoded') {
    const form = decodeUtf8(body, 'form');
    refuseBadEncoding(form, 'form');
    return formFields(new URLSearchParams(form));
  }
  if (type !== 'application/json') {
    throw new UnsupportedMediaType({
      accepted: route.kind === 'page' ? 'application/x-www-form-urlencoded' : 'application/json',
    });
  }
  const text = decodeUtf8(body, 'body');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new MalformedRequest({
      reason: `The body is not valid JSON (${error instanceof Error ? error.message : 'unreadable'}).`,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new MalformedRequest({ reason: 'The body must be a JSON object.' });
  }
  refuseUnstorable(parsed);
  return parsed as Record<string, unknown>;
}

/** URLSearchParams would put replacement characters where the bytes are not UTF-8. @throws {MalformedRequest} */
function refuseBadEncoding(encoded: string, what: string): void {
  try {
    if (!decodeURIComponent(encoded.replaceAll('+', ' ')).includes('\0')) return;
  } catch {
    throw new MalformedRequest({ reason: `The ${what} is not valid percent-encoded UTF-8.` });
  }
  throw new MalformedRequest({ reason: `The ${what} contains a NUL character.` });
}

const strict = new WeakMap<z.ZodObject, z.ZodObject>();

/**
 * Checks a request's input: path parameters and the rest as one flat object.
 *
 * @throws {InvalidInput} with one entry per field; unknown fields are refused, a path parameter cannot be repeated
 */
export function checkInput(
  route: RouteDefinition,
  params: Readonly<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
): unknown {
  let schema = strict.get(route.input);
  if (!schema) strict.set(route.input, (schema = route.input.strict()));
  for (const name in params) {
    if (Object.hasOwn(values, name))
      throw new InvalidInput({
        errors: [{ path: name, message: 'This comes from the address; take it out of the body or query.' }],
      });
  }
  return parseInput(schema, { ...values, ...params });
}
