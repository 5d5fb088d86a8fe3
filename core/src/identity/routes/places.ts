import type { RouteContext } from '../../kernel/route.js';
import type { Audience } from '../audience.js';

export type SignInSurface = 'admin' | 'store' | 'storefront';

/** Path of the sign-in page below each surface's root. */
export const BASE = { admin: '', store: '', storefront: '/storefront/account' } as const;

/** Where people go who signed in: the page that their surface starts with. */
export const START = { admin: '/', store: '/dashboard', storefront: '/storefront/' } as const;

/** Whether the request comes with a session that counts here. */
export const isSignedIn = ({ actor }: RouteContext, audience: Audience): boolean =>
  actor.kind === 'customer' ? audience === 'customer' : actor.kind === 'user' && actor.audience === audience;

export const loginAddress = (ctx: RouteContext, surface: SignInSurface): string =>
  ctx.links.to(surface, `${BASE[surface]}/login`);

/** Page that people of a surface start with: members above stores with the store picker. */
export const startPage = (ctx: RouteContext, surface: SignInSurface): string =>
  ctx.links.to(surface, surface === 'store' && !ctx.store ? '/' : START[surface]);
