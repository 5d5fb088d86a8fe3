import { DomainError } from '../errors/defineError.js';

/** RFC 9457 problem document; the error's own data (limit, availableIn, plan …) stand beside the general members. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly [member: string]: unknown;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not signed in',
  402: 'Not in this plan',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid input',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

export const titleOf = (status: number): string => TITLES[status] ?? 'Error';

/** What may be told to the caller. The message of an unexpected error stays in the log. */
export function problemOf(error: unknown, requestId: string): ProblemDocument {
  if (!(error instanceof DomainError) || (error.status >= 500 && error.status !== 503)) {
    return {
      type: 'about:blank',
      title: titleOf(500),
      status: 500,
      code: 'INTERNAL_ERROR',
      detail:
        'Something went wrong on our side. It has been recorded; please name the request id when you report it.',
      requestId,
    };
  }
  const { errors: _fields, ...members } = error.data as Record<string, unknown>;
  return {
    ...members,
    type: 'about:blank',
    title: titleOf(error.status),
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId,
    ...(error.errors ? { errors: error.errors } : {}),
  };
}
