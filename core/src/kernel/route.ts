import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { FieldError } from '../errors/defineError.js';
import type { Surface, TenantContext } from './context.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Origins that one page may load from beside its own, such as `https://js.stripe.com`; everything else stays shut. */
export interface PageSources {
  readonly script?: readonly string[];
  readonly frame?: readonly string[];
  readonly connect?: readonly string[];
}

/** A page: a template and what it needs. */
export interface View {
  readonly type: 'view';
  /** `plugin/template`, for example `cms/page`. */
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** When what it shows changes by itself: it is not kept in memory beyond that. */
  readonly expiresAt: Date | undefined;
  /** Where this page may load from beside its own origin; not on pages that are kept in memory (`cache`). */
  readonly sources?: PageSources | undefined;
  /** Drawn as a page of this context instead of the request's: for previews of another surface. */
  readonly as?: RouteContext | undefined;
}

export interface Redirect {
  readonly type: 'redirect';
  readonly location: string;
  readonly status: 301 | 302 | 303 | 307 | 308;
  readonly headers: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** Anything else: a file, an XML document, an API answer with its own status or headers. */
export interface Raw {
  readonly type: 'raw';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** A string, a Buffer, or a value that becomes JSON. */
  readonly body: unknown;
}

export const view = (
  template: string,
  data: Readonly<Record<string, unknown>> = {},
  options: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly expiresAt?: Date | undefined;
    readonly sources?: PageSources | undefined;
    readonly as?: RouteContext | undefined;
  } = {},
): View => ({
  type: 'view',
  template,
  data,
  status: options.status,
  headers: options.headers,
  expiresAt: options.expiresAt,
  sources: options.sources,
  as: options.as,
});

export const redirect = (
  location: string,
  status: Redirect['status'] = 303,
  headers?: Redirect['headers'],
): Redirect => ({ type: 'redirect', location, status, headers });

export const raw = (
  body: unknown,
  options: { readonly status?: number; readonly headers?: Raw['headers'] } = {},
): Raw => ({
  type: 'raw',
  status: options.status ?? 200,
  headers: options.headers ?? {},
  body,
});

/** A file: core answers conditional requests, parts of it and HEAD, and opens it only where bytes are sent. */
export interface FileAnswer {
  readonly type: 'file';
  readonly bytes: number;
  readonly contentType: string;
  /** With its quotes; changes whenever the bytes do. */
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes from `start` to `end`, both counting, or all; undefined where they are gone. */
  readonly open: (range?: { readonly start: number; readonly end: number }) => Promise<Readable | undefined>;
}

export const file = (answer: Omit<FileAnswer, 'type'>): FileAnswer => ({ type: 'file', ...answer });

/** What the bytes of a file say it is. */
export interface SniffedType {
  readonly mime: string;
  readonly extension: string;
}

/** A file that came with a form. It is on disk until the handler has ended. */
export interface UploadedFile {
  /** Name of the form's field. */
  readonly field: string;
  /** As the sender calls it, fit to be shown; never a path, and never to be believed. */
  readonly name: string;
  /** Where its bytes are. */
  readonly path: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** From the bytes, never from what the sender says; undefined for text and what is not known. */
  readonly type: SniffedType | undefined;
}

/** Lets a route take a multipart form with files. */
export interface UploadOption {
  /** Largest size of one file; a function where a setting says it. */
  readonly maxBytes: number | ((ctx: TenantContext) => number);
  readonly maxFiles: number;
}

/** Facts of the HTTP request that a few handlers need beside their input (cookies to set, addresses for limits). */
export interface RequestFacts {
  readonly ip: string;
  readonly userAgent: string;
  readonly secure: boolean;
  readonly path: string;
  readonly bearer: boolean;
}

export interface RouteContext extends TenantContext {
  readonly request: RequestFacts;
  /** Files of the form, on routes that take uploads. */
  readonly uploads: readonly UploadedFile[];
}

/**
 * `public`: anybody. `signed-in`: any session of the surface's audience. `customer`: a customer of this store.
 * Everything else is the name of a permission that some plugin declares.
 */
export type Access = 'public' | 'signed-in' | 'customer' | (string & {});

export interface RouteDefinition {
  readonly method: Method;
  /** Below the surface's root; for an API below `/api/v1/{surface}`. Parameters as `:name`; `/*rest` takes the rest. */
  readonly path: string;
  readonly surface: Surface;
  readonly kind: 'page' | 'api';
  readonly access: Access;
  /** Admin routes: one platform (default), the global admin, or both. */
  readonly scope: 'platform' | 'global' | 'both';
  /** Menu item this page belongs to: hidden for a person means 404 for that person. */
  readonly menu: string | undefined;
  /** Feature the merchant must have; else 402 on an API, and `locked` in the view of a page. */
  readonly feature: string | undefined;
  readonly input: z.ZodObject;
  /** Schema of the answer, for the OpenAPI document. */
  readonly output: z.ZodType | undefined;
  /** Status of a successful API answer. */
  readonly status: number;
  /** Takes `Idempotency-Key`. */
  readonly idempotent: boolean;
  /** Anonymous GET answers may be served from memory until one of the tags is invalidated. */
  readonly cache: 'tenant' | undefined;
  readonly summary: string | undefined;
  /** Example of the input, shown in the API document and checked against `input`. */
  readonly example: Readonly<Record<string, unknown>> | undefined;
  /** Errors a caller must expect beside the usual ones. */
  readonly errors: readonly { readonly code: string; readonly status: number }[];
  /** Body limit in bytes where the default (1 MiB) is not enough. */
  readonly bodyLimitBytes: number | undefined;
  /** The body is a multipart form: its files are `ctx.uploads`, its fields the input. */
  readonly upload: UploadOption | undefined;
  /** Gives way where another module that is on brings the same method and path. */
  readonly fallback: boolean;
  /** Answers a super admin too who has to set up the second step of signing in first. */
  readonly beforeTotp: boolean;
  /** Pages with a form: what to show when the input does not fit, with the values as they were typed. */
  readonly invalid: InvalidHandler | undefined;
  readonly handle: (ctx: RouteContext, input: never) => unknown;
}

export type InvalidHandler = (
  ctx: RouteContext,
  values: Readonly<Record<string, unknown>>,
  errors: readonly FieldError[],
) => View | Redirect | Promise<View | Redirect>;

export interface RouteInput<Input extends z.ZodObject> {
  readonly method: Method;
  readonly path: string;
  readonly surface: Surface;
  readonly kind: 'page' | 'api';
  readonly access: Access;
  readonly scope?: RouteDefinition['scope'];
  readonly menu?: string;
  readonly feature?: string;
  readonly input?: Input;
  readonly output?: z.ZodType;
  readonly status?: number;
  readonly idempotent?: boolean;
  readonly cache?: 'tenant';
  readonly summary?: string;
  readonly example?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly code: string; readonly status: number }[];
  readonly bodyLimitBytes?: number;
  readonly upload?: UploadOption;
  readonly fallback?: boolean;
  readonly beforeTotp?: boolean;
  readonly invalid?: InvalidHandler;
  readonly handle: (
    ctx: RouteContext,
    input: z.output<Input>,
  ) =>
    | View
    | Redirect
    | Raw
    | FileAnswer
    | object
    | null
    | undefined
    | void
    | Promise<View | Redirect | Raw | object | null | undefined | void>;
}

const EMPTY_INPUT = z.object({});
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Declares a route as data: routing, validation, CSRF, permission list, OpenAPI and the isolation tests come from it.
 *
 * The input is one flat object: path parameters, then the query (GET, DELETE) or the body.
 */
export function defineRoute<Input extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  route: RouteInput<Input>,
): RouteDefinition {
  if (!METHODS.includes(route.method))
    throw new TypeError(`route ${route.path}: method '${route.method}' is none of ${METHODS.join(', ')}`);
  if (!route.path.startsWith('/')) throw new TypeError(`route path '${route.path}' must start with '/'`);
  if (route.upload && (route.method === 'GET' || route.method === 'DELETE'))
    throw new TypeError(`route ${route.method} ${route.path} has no body that could bring files (upload)`);
  if (!route.access)
    throw new TypeError(`route ${route.method} ${route.path} must say who may call it (access)`);
  return {
    scope: 'platform',
    menu: undefined,
    feature: undefined,
    output: undefined,
    idempotent: false,
    cache: undefined,
    summary: undefined,
    example: undefined,
    errors: [],
    bodyLimitBytes: undefined,
    upload: undefined,
    fallback: false,
    beforeTotp: false,
    invalid: undefined,
    status: 200,
    ...route,
    input: route.input ?? EMPTY_INPUT,
  } as unknown as RouteDefinition;
}
