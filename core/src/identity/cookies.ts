import type { Audience } from './audience.js';

export interface SessionCookie {
  readonly name: string;
  /** `Set-Cookie` value that hands over a token for that many seconds. */
  set(token: string, maxAgeSeconds: number): string;
  /** `Set-Cookie` value that takes it back. */
  clear(): string;
}

export interface CookiePlace {
  /** Whether the request came over HTTPS. */
  readonly secure: boolean;
  /** Path that the platform or store hangs under in path mode, e.g. `/platforms/oms/stores/acme`; '' elsewhere. */
  readonly pathPrefix: string;
}

/** Name of the cookie that carries a session of this audience. */
export const cookieName = (audience: Audience, secure: boolean): string =>
  `${secure ? '__Host-' : ''}wz_${audience}`;

/**
 * The session cookie of an audience: for this host only, unseen by scripts, not sent by other sites' forms.
 *
 * Browsers accept a `__Host-` cookie only with `Path=/`, hence the prefix counts without HTTPS alone. There it keeps
 * sessions of several stores on one development host apart; an administrator's session is the same everywhere.
 */
export const cookieFor = (audience: Audience, { secure, pathPrefix }: CookiePlace): SessionCookie => {
  const name = cookieName(audience, secure);
  const path = secure || audience === 'admin' || pathPrefix === '' ? '/' : pathPrefix;
  const attributes = `Path=${path}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    name,
    set: (token, maxAgeSeconds) =>
      `${name}=${token}; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
};
