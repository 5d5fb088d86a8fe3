import type { CommandResult, CommandSearch } from '../../../kernel/commands.js';
import type { RouteContext } from '../../../kernel/route.js';
import { GLOBAL_PLATFORM } from '../../../tenancy/globalPlatform.js';
import type { CoreParts } from '../CoreParts.js';

export type Asked = Pick<CommandSearch, 'query' | 'fits' | 'limit'>;

/** Pages of the person's menu; those too that they left out of it themselves. */
export async function pageCommands(
  { menus, entitlements, translator }: CoreParts,
  ctx: RouteContext,
  { fits }: Asked,
): Promise<CommandResult[]> {
  if (ctx.actor.kind !== 'user' || (ctx.surface !== 'admin' && ctx.surface !== 'store')) return [];
  const features = await entitlements.features(ctx);
  const { items } = await menus.own(ctx, ctx.surface, {
    scope: ctx.platform === GLOBAL_PLATFORM ? 'global' : 'platform',
    hasFeature: (feature) => features.has(feature),
  });
  const words = translator.words(ctx.language, ctx.platform.defaultLanguage);
  return items
    .map((item) => ({
      group: 'core.search.pages',
      label: words.text(item.label),
      path: item.path,
      icon: item.icon,
      code: item.code,
    }))
    .filter(({ label, code }) => fits(`${label} ${code}`))
    .map(({ code: _code, ...result }) => result);
}
