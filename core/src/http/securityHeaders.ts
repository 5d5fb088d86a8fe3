import type { PageSources } from '../kernel/route.js';

const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' https: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'form-action': "'self'",
  'frame-src': "'self'",
  'frame-ancestors': "'self'",
  'base-uri': "'none'",
  'manifest-src': "'self'",
};
const DIRECTIVES = { script: 'script-src', frame: 'frame-src', connect: 'connect-src' } as const;
/** An origin, or all hosts below a domain; plain HTTP only on this machine. Never a keyword, a path, or everything. */
const ORIGIN =
  /^(?:https:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?$/;

/**
 * The policy of a page, with what it may load from elsewhere.
 *
 * @throws {TypeError} for anything but origins: a page is opened to named places, not in general
 */
export function contentSecurityPolicy(sources: PageSources = {}): string {
  const policy = { ...POLICY };
  for (const [kind, origins] of Object.entries(sources) as [keyof PageSources, readonly string[]][]) {
    for (const origin of origins) {
      if (!ORIGIN.test(origin))
        throw new TypeError(`'${origin}' is no origin that a page may load ${kind}s from`);
      policy[DIRECTIVES[kind]] = `${policy[DIRECTIVES[kind]] ?? "'self'"} ${origin}`;
    }
  }
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}

/** Sent with every answer. No nonces: a page's body and headers stay the same, so that caches and ETags work. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'X-Frame-Options': 'SAMEORIGIN',
});

/** Sent over HTTPS only; browsers ignore them elsewhere, some with a complaint. */
export const HTTPS_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['Strict-Transport-Security', 'max-age=31536000'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
];
