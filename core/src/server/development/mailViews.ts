import type { CaughtMailMessage, CaughtMailSummary } from '../../mail/CaughtMail.js';

const ROOT = '/__dev/mail';

/** For the HTML of a mail: an origin of its own, inline styles and embedded pictures, no script, no request to anywhere. */
export const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** View of `core/mail-list`. */
export const mailListView = (mails: readonly CaughtMailSummary[]): Readonly<Record<string, unknown>> => ({
  mails: mails.map(({ id, subject, to, caughtAt }) => ({
    subject,
    to,
    sentAt: caughtAt,
    href: `${ROOT}/${id}`,
  })),
  pagination: {
    from: mails.length > 0 ? 1 : 0,
    to: mails.length,
    total: mails.length,
    previousHref: null,
    nextHref: null,
  },
});

/** View of `core/mail-message`. */
export const mailView = ({
  id,
  subject,
  from,
  to,
  caughtAt,
  text,
  html,
}: CaughtMailMessage): Readonly<Record<string, unknown>> => ({
  mail: { subject, from, to, sentAt: caughtAt, text },
  htmlHref: html === null ? null : `${ROOT}/${id}/html`,
  listHref: ROOT,
});
