/** An error as Stripe words it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly error: {
      readonly type:
        'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'rate_limit_error';
      readonly message: string;
      readonly code?: string;
      readonly decline_code?: string;
      readonly param?: string;
      readonly [more: string]: unknown;
    },
    /** What the request did until then stays: a refused card is an event of its own. */
    readonly keeps = false,
  ) {
    super(error.message);
  }
}

export const invalid = (message: string, param?: string, code?: string): ApiError =>
  new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });

export const missing = (kind: string, id: string, param: string): ApiError =>
  new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind.replaceAll('_', ' ')}: '${id}'`,
    param,
    doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
  });
