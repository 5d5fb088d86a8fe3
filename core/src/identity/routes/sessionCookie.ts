import type { RouteContext } from '../../kernel/route.js';
import type { Audience } from '../audience.js';
import { cookieFor, type SessionCookie } from '../cookies.js';

/** The session cookie for the address of a request. */
export const sessionCookie = (ctx: RouteContext, audience: Audience): SessionCookie =>
  cookieFor(audience, { secure: ctx.request.secure, pathPrefix: pathPrefix(ctx, audience) });

/** Where in the path the tenant hangs on a shared development host; '' where the host itself says it. */
const pathPrefix = ({ links, platform, store }: RouteContext, audience: Audience): string => {
  if (audience === 'customer' && store) return onlyPath(links.to('storefront', '', store.defaultLanguage));
  const root = onlyPath(links.to('platform', '', platform.defaultLanguage));
  return audience === 'store' && root !== '' ? `${root}/store` : root;
};

const onlyPath = (address: string): string => (address.startsWith('/') ? address : '');
