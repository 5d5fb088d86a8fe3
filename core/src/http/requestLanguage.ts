import type { Context } from 'koa';
import { LANGUAGES, type Language } from '../kernel/context.js';
import type { TenantResolution } from '../tenancy/address/resolution.js';
import { chosenLanguage } from './preferences.js';
import { acceptedLanguage, isLanguage } from './languages.js';

/**
 * The language to answer in: the address says it on public pages; an API takes `?lang=` or Accept-Language;
 * dashboards start with what was chosen in this browser, else Accept-Language, until it is known who is signed in.
 */
export function applyLanguage(
  koa: Context,
  { kind, surface, language, store, platform }: TenantResolution,
): Language {
  if (language) return language;
  const { defaultLanguage, languages } = store ?? platform;
  const isPublicPage = kind === 'page' && (surface === 'platform' || surface === 'storefront');
  if (isPublicPage || surface === 'webhook') return defaultLanguage;
  if (kind === 'api') {
    const wanted = koa.querystring === '' ? undefined : koa.query['lang'];
    if (isLanguage(wanted) && languages.includes(wanted)) return wanted;
  }
  const chosen = kind === 'page' ? chosenLanguage(koa) : undefined;
  // Dashboards speak every language there is, whatever a shop's own pages are written in.
  const spoken = kind === 'page' ? LANGUAGES : languages;
  return chosen ?? acceptedLanguage(koa.get('Accept-Language'), spoken) ?? defaultLanguage;
}
