import { defineError } from '../errors/defineError.js';

/** A message that must not be sent as it is: a bad address, a line break in a header, no content. */
export const MailInvalid = defineError<{ field: string; reason: string }>({
  code: 'MAIL_INVALID',
  status: 422,
  message: (d) => `The mail cannot be sent: ${d.field} ${d.reason}.`,
  errors: (d) => [{ path: d.field, message: d.reason }],
});
