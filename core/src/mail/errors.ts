import { defineError } from '../errors/defineError.js';
import type { LimitReachedData } from '../modules/entitlements/errors.js';

/** A message that must not be sent as it is: a bad address, a line break in a header, no content. */
export const MailInvalid = defineError<{ field: string; reason: string }>({
  code: 'MAIL_INVALID',
  status: 422,
  message: (d) => `The mail cannot be sent: ${d.field} ${d.reason}.`,
  errors: (d) => [{ path: d.field, message: d.reason }],
});

/** The e-mails that the merchant's tier has in a month are sent. */
export const EmailLimitReached = defineError<LimitReachedData>({
  code: 'EMAILS_LIMIT_REACHED',
  status: 402,
  message: (d) =>
    `All ${d.limit} e-mails of this month are sent. ` +
    (d.upgradeTo === null
      ? 'The next ones go out when the new month begins.'
      : `The tier '${d.upgradeTo}' has more.`),
});
