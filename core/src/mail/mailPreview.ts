import type { CaughtMail, CaughtMailMessage, CaughtMailSummary } from './CaughtMail.js';

/** Where the preview lives; development only. */
const MAIL_PREVIEW_ROOT = '/__dev/mail';

export interface PreviewAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const COMMON = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
/** The pages around a mail: their own styles by a hash would change with them, so a style element is allowed. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The mail itself: inline styles and embedded pictures, no script, no request to anywhere, an origin of its own. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/**
 * Answers the addresses of the mail preview: the list, `/{id}` one mail, `/{id}/html` its HTML for the frame.
 *
 * @param path path of the request
 * @returns `undefined` where the path is not below `/__dev/mail`
 */
export async function mailPreview(
  mails: Pick<CaughtMail, 'list' | 'get'>,
  path: string,
): Promise<PreviewAnswer | undefined> {
  if (path !== MAIL_PREVIEW_ROOT && !path.startsWith(`${MAIL_PREVIEW_ROOT}/`)) return undefined;
  const [id, part, ...more] = path.slice(MAIL_PREVIEW_ROOT.length + 1).split('/');
  if (!id) return page(200, 'Caught mail', list(await mails.list()));
  const mail = more.length === 0 && (part === undefined || part === 'html') ? await mails.get(id) : undefined;
  if (!mail) return page(404, 'No such mail', `<p><a href="${MAIL_PREVIEW_ROOT}">All mails</a></p>`);
  if (part === 'html')
    return {
      status: 200,
      headers: { ...COMMON, 'Content-Security-Policy': MAIL_POLICY },
      body: mail.html ?? '',
    };
  return page(200, mail.subject, message(mail));
}

function page(status: number, title: string, body: string): PreviewAnswer {
  return {
    status,
    headers: { ...COMMON, 'Content-Security-Policy': PAGE_POLICY },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>`,
  };
}

function list(mails: readonly CaughtMailSummary[]): string {
  if (mails.length === 0)
    return '<p>No mail has been caught yet. Mails that the server would send appear here.</p>';
  const rows = mails.map(
    (mail) =>
      `<tr><td><a href="${MAIL_PREVIEW_ROOT}/${mail.id}">${escape(mail.subject)}</a></td><td>${escape(mail.to)}</td><td>${escape(mail.language)}</td><td>${time(mail.caughtAt)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Language</th><th scope="col">Time</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function message(mail: CaughtMailMessage): string {
  const frame =
    mail.html === null
      ? ''
      : `<h2>HTML</h2><iframe sandbox title="HTML of the mail" src="${MAIL_PREVIEW_ROOT}/${mail.id}/html"></iframe>`;
  return `<p><a href="${MAIL_PREVIEW_ROOT}">All mails</a></p>
<dl><dt>From</dt><dd>${escape(mail.from)}</dd><dt>To</dt><dd>${escape(mail.to)}</dd><dt>Time</dt><dd>${time(mail.caughtAt)}</dd></dl>
${frame}<h2>Text</h2><pre>${escape(mail.text)}</pre>`;
}

const time = (at: Date): string =>
  `<time datetime="${at.toISOString()}">${at.toISOString().replace('T', ' ').slice(0, 19)} UTC</time>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1f2933;background:#f5f7fa}main{max-width:60rem;margin:0 auto;padding:1.5rem}table{width:100%;border-collapse:collapse;background:#fff}th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid #d9e2ec}a{color:#0b5cad}dt{font-weight:600}dd{margin:0 0 .5rem}iframe{width:100%;height:32rem;border:1px solid #9fb3c8;background:#fff}pre{white-space:pre-wrap;background:#fff;border:1px solid #d9e2ec;padding:1rem}';
