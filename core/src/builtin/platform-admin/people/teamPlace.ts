import { flash } from '../../../http/flash/flash.js';
import { redirect, type Redirect, type RouteContext } from '../../../kernel/route.js';
import type { Words } from '../../views/words.js';
import { tabsOf } from './peopleWords.js';

export const BASE = '/team';
export const EDIT = 'platform-admin.team.edit';
export const OWNERS = 'platform-admin.owners.edit';
const common = { surface: 'store', kind: 'page', menu: 'team' } as const;
export const see = { ...common, access: 'platform-admin.team.view' } as const;
export const edit = { ...common, access: EDIT } as const;
export const own = { ...common, access: OWNERS } as const;

/** Address of a page about a store's team. */
export const to = (ctx: RouteContext, path = ''): string => ctx.links.to('store', `${BASE}${path}`);

export const done = (ctx: RouteContext, key: string, path = ''): Redirect =>
  redirect(to(ctx, path), 303, flash(ctx, { kind: 'success', key }));

/** Owners belong to the merchant: what is done to them is done above its stores. */
export const asOwners = (ctx: RouteContext): RouteContext => ({ ...ctx, store: null });

/** Tabs of the pages about a store's team. */
export const teamTabs = (t: Words, ctx: RouteContext, current: string): object[] =>
  tabsOf(
    ctx,
    'store',
    [
      { label: t('core.team.members'), path: BASE },
      { label: t('core.team.invitations'), path: `${BASE}/invitations` },
      { label: t('core.team.owners'), path: `${BASE}/owners` },
      { label: t('core.roles.title'), path: `${BASE}/roles` },
    ],
    current,
  );
