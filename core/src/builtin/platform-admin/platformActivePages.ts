import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { confirmPage } from '../views/confirmPage.js';
import { wordsOf } from '../views/words.js';
import { requireSuperAdmin } from './platformRoutes.js';

/** Takes a platform offline and brings it back, once what that means was read. */
export const platformActivePages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platform/active',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    handle: async (ctx) => {
      requireSuperAdmin(ctx);
      return askActive(parts, ctx);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/platform/active',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    input: z.object({ isActive: z.enum(['true', 'false']) }),
    handle: async (ctx, input) => {
      requireSuperAdmin(ctx);
      const isActive = input.isActive === 'true';
      await parts.platforms.setActive(ctx, isActive);
      return redirect(
        ctx.links.to('admin', '/platform'),
        303,
        flash(ctx, {
          kind: 'success',
          key: isActive ? 'core.platforms.activated' : 'core.platforms.deactivated',
          values: { name: ctx.platform.name },
          undo: {
            action: ctx.links.to('admin', '/platform/active'),
            fields: { isActive: String(!isActive) },
          },
        }),
      );
    },
  }),
];

async function askActive(parts: CoreParts, ctx: RouteContext): Promise<View> {
  const t = wordsOf(parts, ctx);
  const { isActive, name } = await parts.platforms.get(ctx);
  const verb = isActive ? 'deactivate' : 'activate';
  const { total } = await parts.stores.list(ctx, { perPage: 1 });
  const address = ctx.links.to('admin', '/platform');
  return confirmPage({
    head: {
      title: t(`core.platform.${verb}`),
      breadcrumbs: [
        { label: name, href: address },
        { label: t(`core.platform.${verb}`), href: null },
      ],
    },
    title: t(`core.platform.${verb}Title`, { name }),
    text: t(`core.platform.${verb}Text`),
    consequences: isActive
      ? [
          t('core.platform.deactivateAddresses', { domain: ctx.platform.domain ?? ctx.platform.code }),
          t('core.platform.deactivateStores', { count: total }),
          t('core.platform.deactivateJobs'),
          t('core.platform.deactivateData'),
        ]
      : [t('core.platform.activateStores', { count: total })],
    action: `${address}/active`,
    fields: [{ name: 'isActive', value: String(!isActive) }],
    submit: t(`core.platform.${verb}`),
    cancel: address,
    danger: isActive,
  });
}
