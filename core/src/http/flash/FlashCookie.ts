import type { Context } from 'koa';
import type { Signatures } from '../../identity/Signatures.js';
import type { Redirect } from '../../kernel/route.js';
import type { Words } from '../../i18n/Words.js';
import type { Flash } from '../../render/PageFrame.js';
import type { RequestContext } from '../RequestContext.js';
import { FLASH_HEADER, type CarriedFlash } from './flash.js';

const PURPOSE = 'core.flash';
const LIFETIME_SECONDS = 60;

/** Carries what an action led to over the redirect: a short-lived cookie that scripts do not see and nobody can forge. */
export class FlashCookie {
  readonly #signatures: Signatures;

  constructor({ signatures }: { readonly signatures: Signatures }) {
    this.#signatures = signatures;
  }

  /** Turns the flash of a redirect into a cookie; the redirect as it may be sent. */
  put(ctx: RequestContext, answer: Redirect): Redirect {
    const { [FLASH_HEADER]: carried, ...headers } = answer.headers ?? {};
    if (typeof carried !== 'string') return answer;
    const text = `${seconds(ctx.now)}.${carried}`;
    const cookie = cookieOf(ctx, `${text}.${this.#signatures.sign(PURPOSE, text)}`, LIFETIME_SECONDS);
    return { ...answer, headers: { ...headers, 'Set-Cookie': [...cookiesOf(headers), cookie] } };
  }

  /** The flash of a request, for pages of this surface; a forged or old one counts for nothing. Taken from the browser at once. */
  take(koa: Context, ctx: RequestContext): CarriedFlash | null {
    const cookie = koa.cookies.get(nameOf(ctx));
    if (cookie === undefined || cookie === '') return null;
    koa.append('Set-Cookie', cookieOf(ctx, '', 0));
    const [at = '', carried = '', signature = ''] = cookie.split('.');
    if (!this.#signatures.verify(PURPOSE, `${at}.${carried}`, signature)) return null;
    if (seconds(ctx.now) - Number(at) > LIFETIME_SECONDS) return null;
    const flash = JSON.parse(Buffer.from(carried, 'base64url').toString()) as CarriedFlash;
    return flash.surface === ctx.surface ? flash : null;
  }
}

/** The flash in the page's language; nothing where the module that knew the words is off. */
export function wordedFlash(flash: CarriedFlash | null, words: Words): Flash | null {
  if (!flash || !words.has(flash.key)) return null;
  return { kind: flash.kind, text: words.text(flash.key, flash.values), undo: flash.undo };
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

const nameOf = ({ request }: RequestContext): string => `${request.secure ? '__Host-' : ''}wz_flash`;

const cookieOf = (ctx: RequestContext, value: string, maxAgeSeconds: number): string =>
  `${nameOf(ctx)}=${value}; Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax${ctx.request.secure ? '; Secure' : ''}`;

function cookiesOf(headers: Redirect['headers']): readonly string[] {
  const cookies = headers?.['Set-Cookie'] ?? [];
  return typeof cookies === 'string' ? [cookies] : cookies;
}
