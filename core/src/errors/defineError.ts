/** What a caller may learn about a failure; becomes `application/problem+json` (RFC 9457) or an error page. */
export interface ProblemDetails {
  readonly code: string;
  readonly status: number;
  /** One entry per offending field; `path` is dotted (`translations.en.title`). */
  readonly errors?: readonly FieldError[] | undefined;
  /** Seconds after which a client may try again; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
}

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An expected failure: has a stable code, an HTTP status and data; its message may be shown to the caller. */
export class DomainError<Data extends object = object> extends Error implements ProblemDetails {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly data: Data,
    readonly errors?: readonly FieldError[],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = code;
  }
}

export interface ErrorSpecification<Data extends object> {
  /** PLUGIN_WHAT in upper snake case; part of the public contract. */
  readonly code: string;
  readonly status: number;
  /** Says what, where and how to mend it; must not contain secrets. */
  readonly message: string | ((data: Data) => string);
  readonly retryAfterSeconds?: number | ((data: Data) => number);
  /** Which data become `errors` entries of the problem document. */
  readonly errors?: (data: Data) => readonly FieldError[];
}

export interface ErrorClass<Data extends object> {
  new (...args: object extends Data ? [data?: Data] : [data: Data]): DomainError<Data>;
  readonly code: string;
  readonly status: number;
}

const declared = new Map<string, number>();

/** Codes of all errors that were declared in this process, with their statuses: for checks, such as of their texts. */
export const declaredErrors = (): ReadonlyMap<string, number> => declared;

/** Declares one expected failure as a class: `throw new PageNotFound({ slug })`, `error instanceof PageNotFound`. */
export function defineError<Data extends object = object>(spec: ErrorSpecification<Data>): ErrorClass<Data> {
  if (!/^[A-Z][A-Z0-9_]{2,80}$/.test(spec.code)) {
    throw new TypeError(`error code '${spec.code}' must be UPPER_SNAKE_CASE, for example CMS_PAGE_NOT_FOUND`);
  }
  declared.set(spec.code, spec.status);
  return class extends DomainError<Data> {
    static readonly code = spec.code;
    static readonly status = spec.status;
    constructor(...args: object extends Data ? [data?: Data] : [data: Data]) {
      const data = (args[0] ?? {}) as Data;
      super(
        spec.code,
        spec.status,
        typeof spec.message === 'function' ? spec.message(data) : spec.message,
        data,
        spec.errors?.(data),
        typeof spec.retryAfterSeconds === 'function' ? spec.retryAfterSeconds(data) : spec.retryAfterSeconds,
      );
    }
  };
}
