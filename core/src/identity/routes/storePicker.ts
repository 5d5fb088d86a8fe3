import { z } from 'zod';
import { defineRoute, redirect, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { EnterableStore, StoreAccess } from '../StoreAccess.js';
import { isSignedIn, loginAddress, startPage } from './places.js';

/** What the template `core/store-picker` needs. */
export interface StorePickerView {
  readonly title: string;
  readonly user: { readonly name: string; readonly email: string };
  readonly stores: readonly {
    readonly code: string;
    readonly name: string;
    readonly merchant: string;
    readonly status: EnterableStore['status'];
    /** Its dashboard. */
    readonly href: string;
  }[];
  /** Whether there is one at all, found or not. */
  readonly hasStores: boolean;
  /** Where the list is narrowed by `q`; null where all are seen at a glance. */
  readonly search: { readonly action: string; readonly q: string } | null;
  /** Address of the form that signs out. */
  readonly logoutAction: string;
}

/** More than this are searched rather than read. */
const MANY = 8;

/** Root of the store surface: the picker above stores, the dashboard inside one. */
export const storePickerRoute = ({ access }: { access: StoreAccess }): RouteDefinition =>
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'store',
    kind: 'page',
    access: 'public',
    input: z.object({ q: z.string().trim().max(100).default('') }),
    handle: async (ctx, { q }) => {
      if (ctx.actor.kind !== 'user' || !isSignedIn(ctx, 'store')) return redirect(loginAddress(ctx, 'store'));
      if (ctx.store) return redirect(startPage(ctx, 'store'));
      const stores = await access.storesOf(ctx.actor.userId, ctx.platform.id);
      const [only] = stores;
      // There is nothing to pick from one store.
      if (only && stores.length === 1) return redirect(dashboardOf(ctx, only));
      const data: StorePickerView = {
        title: ctx.platform.name,
        user: { name: ctx.actor.name, email: ctx.actor.email },
        hasStores: stores.length > 0,
        search: stores.length > MANY ? { action: ctx.links.to('store', '/'), q } : null,
        stores: stores.filter(named(q)).map((store) => ({
          code: store.code,
          name: store.name,
          merchant: store.merchantName,
          status: store.status,
          href: dashboardOf(ctx, store),
        })),
        logoutAction: ctx.links.to('store', '/logout'),
      };
      return view('core/store-picker', { ...data }, { headers: { 'cache-control': 'no-store' } });
    },
  });

const named =
  (q: string) =>
  ({ name, code, merchantName }: EnterableStore): boolean =>
    `${name} ${code} ${merchantName}`.toLocaleLowerCase().includes(q.toLocaleLowerCase());

/** Without a store, links of this surface start where the stores' codes follow. */
const dashboardOf = (ctx: RouteContext, store: EnterableStore): string =>
  ctx.links.to('store', `/${store.code}/dashboard`);
