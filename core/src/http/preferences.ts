import type { Context } from 'koa';
import { LANGUAGES, type Language } from '../kernel/context.js';
import { LANGUAGE_NAMES, SCHEMES, type Preferences, type Scheme } from '../render/PageFrame.js';
import { unchanging } from '../render/unchanging.js';
import { isLanguage } from './languages.js';
import type { CarriedFlash } from './flash/flash.js';
import type { RequestContext } from './RequestContext.js';

/** What a browser brings along for the frame of a page. */
export interface Visit {
  readonly scheme: Scheme;
  readonly flash: CarriedFlash | null;
  /** Path with query of the page, to come back to; null where the page is the answer to a form. */
  readonly address: string | null;
}

export const NO_VISIT: Visit = Object.freeze({ scheme: 'system', flash: null, address: null });

const YEAR_SECONDS = 365 * 86_400;
const SYMBOLS: Readonly<Record<Scheme, string>> = { light: 'sun', dark: 'moon', system: 'device-desktop' };
const LABELS: Readonly<Record<Scheme, string>> = {
  light: 'core.layout.schemeLight',
  dark: 'core.layout.schemeDark',
  system: 'core.layout.schemeSystem',
};

/** `Set-Cookie` value that keeps a preference in this browser for a year. */
export const preferenceCookie = (name: 'scheme' | 'language', value: string, secure: boolean): string =>
  `wz_${name}=${value}; Max-Age=${YEAR_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

/** The scheme that was chosen in this browser, else as the system has it. */
export function schemeOf(koa: Context): Scheme {
  const chosen = koa.cookies.get('wz_scheme');
  return SCHEMES.find((scheme) => scheme === chosen) ?? 'system';
}

/** The language that was chosen in this browser, for dashboards of people who are not signed in yet. */
export function chosenLanguage(koa: Context): Language | undefined {
  const chosen = koa.cookies.get('wz_language');
  return isLanguage(chosen) ? chosen : undefined;
}

export function preferencesOf(ctx: RequestContext, { scheme, address }: Visit): Preferences {
  const surface = ctx.surface as 'admin' | 'store';
  return {
    action: ctx.links.to(surface, '/preferences'),
    next: address ?? ctx.links.to(surface, '/'),
    languages: LANGUAGE_CHOICES[ctx.language],
    schemes: SCHEME_CHOICES[scheme],
  };
}

/** What is shown for each choice; the same for everybody who made it. */
function choices<Code extends string, Shown>(
  codes: readonly Code[],
  show: (code: Code, current: Code) => Shown,
): Readonly<Record<Code, readonly Shown[]>> {
  return Object.fromEntries(
    codes.map((current) => [current, unchanging(codes.map((code) => show(code, current)))]),
  ) as unknown as Record<Code, readonly Shown[]>;
}

const LANGUAGE_CHOICES = choices(LANGUAGES, (code, current) => ({
  code,
  short: code.toUpperCase(),
  name: LANGUAGE_NAMES[code],
  isCurrent: code === current,
}));
const SCHEME_CHOICES = choices(SCHEMES, (code, current) => ({
  code,
  labelKey: LABELS[code],
  symbol: SYMBOLS[code],
  isCurrent: code === current,
}));
