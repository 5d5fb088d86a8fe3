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

/** The password was right; a code of the app, or a recovery code, is needed as well. */
export const TotpRequired = defineError<{ challenge: string; expiresAt: string }>({
  code: 'TOTP_REQUIRED',
  status: 401,
  message: 'Give the code of your authenticator app, or a recovery code.',
});

/** A code that does not fit, or was used before. */
export const WrongCode = defineError({
  code: 'WRONG_CODE',
  status: 422,
  message: 'This code is not right, or was used before. Take the one that the app shows now.',
  errors: () => [{ path: 'code', message: 'This code is not right, or was used before.' }],
});

/** A link or challenge that is unknown, used, withdrawn or over: one answer for all. */
export const LinkNotValid = defineError({
  code: 'LINK_NOT_VALID',
  status: 410,
  message: 'This link is no longer good: it was used, replaced or has expired. Ask for a new one.',
});

export const WrongPassword = defineError<{ field: string }>({
  code: 'WRONG_PASSWORD',
  status: 422,
  message: 'This is not your present password.',
  errors: (d) => [{ path: d.field, message: 'This is not your present password.' }],
});

/** Somebody who acts as another person may not touch what belongs to that person alone. */
export const NotWhileImpersonating = defineError({
  code: 'NOT_WHILE_IMPERSONATING',
  status: 403,
  message: 'Passwords, sign-in, sessions and roles stay out of reach while you act as somebody else.',
});

/** One cannot give others what one does not hold. */
export const GrantRefused = defineError<{ permissions: readonly string[] }>({
  code: 'GRANT_REFUSED',
  status: 403,
  message: (d) =>
    `You do not hold this yourself, so you cannot give or take it: ${d.permissions.join(', ')}.`,
});

export const LastOwner = defineError({
  code: 'LAST_OWNER',
  status: 409,
  message: 'This is the last owner. Make somebody else an owner first.',
});

export const LastSuperAdmin = defineError({
  code: 'LAST_SUPER_ADMIN',
  status: 409,
  message: 'This is the last super admin who can sign in. Make somebody else one first.',
});

export const RoleInUse = defineError<{ usedBy: readonly string[] }>({
  code: 'ROLE_IN_USE',
  status: 409,
  message: (d) => `This role is held by: ${d.usedBy.join(', ')}. Give them another one first.`,
});

export const RoleNameTaken = defineError<{ name: string }>({
  code: 'ROLE_NAME_TAKEN',
  status: 409,
  message: (d) => `There is already a role named '${d.name}'.`,
});

/** Who is invited holds a role at this place already. */
export const AlreadyMember = defineError<{ email: string }>({
  code: 'ALREADY_MEMBER',
  status: 409,
  message: (d) => `${d.email} has a role here already.`,
});

/** The merchant's tier allows no more members. */
export const TeamLimitReached = defineError<{
  limit: number;
  current: number;
  upgradeTo: string | null;
}>({
  code: 'TEAM_MEMBERS_LIMIT_REACHED',
  status: 402,
  message: (d) =>
    `The team has ${d.current} of ${d.limit} members, open invitations included.` +
    (d.upgradeTo === null ? '' : ` The tier '${d.upgradeTo}' allows more.`),
});

/** An invitation for one address was opened by somebody who is signed in with another. */
export const InvitationForSomebodyElse = defineError<{ email: string }>({
  code: 'INVITATION_FOR_SOMEBODY_ELSE',
  status: 409,
  message: (d) => `This invitation is for ${d.email}. Sign out, then open the link again.`,
});
