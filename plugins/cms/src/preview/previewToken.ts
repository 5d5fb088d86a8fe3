import type { Signatures, TenantContext } from '@wizamart/core';
import type { JournalKind } from '../services/PageJournal.js';

const PURPOSE = 'cms.preview';
const LETTERS = { platform: 'p', default: 'd', store: 's' } as const;
const TOKEN = /^([pds])([A-Za-z0-9_-]{22})\.([0-9a-z]{1,8})\.([0-9a-z]{1,6})\.([A-Za-z0-9_-]{22})$/;

/** What a preview link says: which page, until when, and how often links of the page had been revoked. */
export interface Preview {
  readonly kind: JournalKind;
  readonly pageId: string;
  /** Whole seconds. */
  readonly expiresAt: Date;
  readonly serial: number;
}

/** The token of a preview on the site of `ctx`; good for no other. */
export function previewToken(signatures: Signatures, ctx: TenantContext, preview: Preview): string {
  const { kind, pageId, expiresAt, serial } = preview;
  const id = Buffer.from(pageId.replaceAll('-', ''), 'hex').toString('base64url');
  const seconds = Math.floor(expiresAt.getTime() / 1_000);
  const signature = signatures.sign(PURPOSE, signedText(ctx, preview));
  return `${LETTERS[kind]}${id}.${seconds.toString(36)}.${serial.toString(36)}.${signature}`;
}

/** What a token says, if it was made for the site of `ctx`; whether it still counts is for the caller to see. */
export function readPreviewToken(
  signatures: Signatures,
  ctx: TenantContext,
  token: string,
): Preview | undefined {
  const match = TOKEN.exec(token);
  if (!match) return undefined;
  const [, letter, id = '', seconds = '', serial = '', signature = ''] = match;
  const preview: Preview = {
    kind: letter === 's' ? 'store' : letter === 'd' ? 'default' : 'platform',
    pageId: uuidOf(Buffer.from(id, 'base64url').toString('hex')),
    expiresAt: new Date(Number.parseInt(seconds, 36) * 1_000),
    serial: Number.parseInt(serial, 36),
  };
  if (!signatures.verify(PURPOSE, signedText(ctx, preview), signature)) return undefined;
  // Some parts can be spelt in several ways: only the token that was handed out counts.
  return previewToken(signatures, ctx, preview) === token ? preview : undefined;
}

/** With the tenant, so that a link of one store opens nothing at another. */
function signedText(ctx: TenantContext, { kind, pageId, expiresAt, serial }: Preview): string {
  const site = kind === 'store' ? (ctx.store?.id ?? '') : '';
  const seconds = Math.floor(expiresAt.getTime() / 1_000);
  return [ctx.platform.id, site, kind, pageId, seconds, serial].join('\n');
}

const uuidOf = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
