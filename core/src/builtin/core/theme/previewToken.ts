import type { Signatures } from '../../../identity/Signatures.js';
import type { TenantContext } from '../../../kernel/context.js';

const PURPOSE = 'core.theme.preview';
const TOKEN = /^([a-z0-9]{1,9})([LDA])\.([A-Za-z0-9_-]{22})$/;
/** Long enough to work on a look for a day. */
const VALID_SECONDS = 24 * 3600;

/** A palette of the draft, or (`live`) the theme as visitors have it. */
export type PreviewLook = 'light' | 'dark' | 'live';
const LETTERS = { light: 'L', dark: 'D', live: 'A' } as const;

/** What opens the preview of the draft of the context's store or platform, in one of its palettes, or of its pages as they are; good for no other. */
export function previewToken(signatures: Signatures, ctx: TenantContext, scheme: PreviewLook): string {
  // By the hour, so that a page that is drawn twice shows the same address.
  const hour = Math.floor(ctx.now.getTime() / 3_600_000) * 3_600;
  return tokenOf(signatures, ctx, scheme, hour + VALID_SECONDS);
}

/** What to show, when the token was made for the tenant of `ctx` and still counts. */
export function readPreviewToken(
  signatures: Signatures,
  ctx: TenantContext,
  token: string,
): PreviewLook | undefined {
  const [, seconds = '', letter, signature = ''] = TOKEN.exec(token) ?? [];
  if (letter === undefined) return undefined;
  const scheme = letter === 'D' ? 'dark' : letter === 'A' ? 'live' : 'light';
  const expires = Number.parseInt(seconds, 36);
  if (expires * 1_000 <= ctx.now.getTime()) return undefined;
  return signatures.verify(PURPOSE, textOf(ctx, scheme, expires), signature) &&
    tokenOf(signatures, ctx, scheme, expires) === token
    ? scheme
    : undefined;
}

function tokenOf(signatures: Signatures, ctx: TenantContext, scheme: PreviewLook, expires: number): string {
  const signature = signatures.sign(PURPOSE, textOf(ctx, scheme, expires));
  return `${expires.toString(36)}${LETTERS[scheme]}.${signature}`;
}

/** With the tenant, so that a link of one store opens nothing at another. */
const textOf = ({ platform, store }: TenantContext, scheme: PreviewLook, expires: number): string =>
  [platform.id, store?.id ?? '', scheme, expires].join('\n');
