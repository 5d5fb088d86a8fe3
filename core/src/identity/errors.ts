import { defineError } from '../errors/defineError.js';

/** Unknown account, wrong password or closed account: one answer for all, so that it tells nothing. */
export const InvalidCredentials = defineError({
  code: 'INVALID_CREDENTIALS',
  status: 401,
  message: 'The e-mail address or the password is not right.',
});

/** Too many tries for one account or from one address. */
export const TooManyLogins = defineError<{ retryAfterSeconds: number }>({
  code: 'TOO_MANY_LOGINS',
  status: 429,
  message: (d) => `Too many tries to sign in. Try again in ${Math.ceil(d.retryAfterSeconds / 60)} minutes.`,
  retryAfterSeconds: (d) => d.retryAfterSeconds,
});

/** The person is known but has no role on this platform or in this store. Said only after a right password or with a session. */
export const NoAccessHere = defineError<{ email: string; place: string }>({
  code: 'NO_ACCESS_HERE',
  status: 403,
  message: (d) =>
    `${d.email} has no role in ${d.place}. Ask an owner or administrator for one, or sign in as somebody else.`,
});

export const EmailTaken = defineError<{ email: string }>({
  code: 'EMAIL_TAKEN',
  status: 409,
  message: (d) => `There is already an account for ${d.email}.`,
});

/** A demo account with the published password in production. */
export const DemoAccountInProduction = defineError<{ emails: readonly string[] }>({
  code: 'DEMO_ACCOUNT_IN_PRODUCTION',
  status: 500,
  message: (d) =>
    `These accounts have the published demo password: ${d.emails.join(', ')}. ` +
    'Change their passwords or delete them before starting with NODE_ENV=production.',
});
