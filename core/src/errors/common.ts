import { defineError, type FieldError } from './defineError.js';

/** The request's shape is broken: invalid JSON, invalid UTF-8, a bad header. */
export const MalformedRequest = defineError<{ reason: string }>({
  code: 'MALFORMED_REQUEST',
  status: 400,
  message: (d) => d.reason,
});
export const NotSignedIn = defineError({
  code: 'NOT_SIGNED_IN',
  status: 401,
  message: 'Sign in first.',
});
export const NotFound = defineError<{ what?: string }>({
  code: 'NOT_FOUND',
  status: 404,
  message: (d) => `${d.what ?? 'This address'} does not exist.`,
});
export const PermissionDenied = defineError<{ permission: string }>({
  code: 'PERMISSION_DENIED',
  status: 403,
  message: (d) => `This needs the permission '${d.permission}'. Ask an owner or administrator to grant it.`,
});
/** A super admin without the second step of signing in, where the configuration asks for it. */
export const TotpSetUpRequired = defineError({
  code: 'TOTP_SETUP_REQUIRED',
  status: 403,
  message: 'Set up two-step sign-in first: super admins can do nothing else here before that.',
});
export const CrossOriginRefused = defineError({
  code: 'CROSS_ORIGIN_REFUSED',
  status: 403,
  message: 'This request did not come from a page of this site. Reload the page and try again.',
});
export const MethodNotAllowed = defineError<{ allowed: readonly string[] }>({
  code: 'METHOD_NOT_ALLOWED',
  status: 405,
  message: (d) => `This address answers ${d.allowed.join(', ')}.`,
});
export const PayloadTooLarge = defineError<{ limitBytes: number }>({
  code: 'PAYLOAD_TOO_LARGE',
  status: 413,
  message: (d) => `The body is larger than ${d.limitBytes} bytes.`,
});
export const UnsupportedMediaType = defineError<{ accepted: string }>({
  code: 'UNSUPPORTED_MEDIA_TYPE',
  status: 415,
  message: (d) => `Send the body as ${d.accepted}.`,
});
export const InvalidInput = defineError<{ errors: readonly FieldError[] }>({
  code: 'INVALID_INPUT',
  status: 422,
  message: (d) => `${d.errors.length === 1 ? 'One field is' : `${d.errors.length} fields are`} not valid.`,
  errors: (d) => d.errors,
});
export const Conflict = defineError<{ reason: string }>({
  code: 'CONFLICT',
  status: 409,
  message: (d) => d.reason,
});
export const TooManyRequests = defineError<{ retryAfterSeconds: number }>({
  code: 'TOO_MANY_REQUESTS',
  status: 429,
  message: (d) => `Too many tries. Try again in ${d.retryAfterSeconds} seconds.`,
  retryAfterSeconds: (d) => d.retryAfterSeconds,
});
/** A tenant was needed and is missing: a fault of the programme, never "all rows". */
export const TenantMissing = defineError<{
  needed: 'platform' | 'merchant' | 'store' | 'transaction';
  where: string;
}>({
  code: 'TENANT_MISSING',
  status: 500,
  message: (d) => `${d.where} needs a ${d.needed}, and the context has none.`,
});
