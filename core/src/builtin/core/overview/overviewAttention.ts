import type { PlatformRecord } from '../../../kernel/context.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { AttentionFacts, AttentionItem } from '../../../modules/attention/ModuleAttention.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { attentionView } from '../../platform-admin/modules/attentionView.js';
import { moduleTexts } from '../../platform-admin/modules/moduleTexts.js';
import { may } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';

/** One thing to look at, with where it is. */
export interface OverviewAttention {
  /** The platform, above all of them; and the module. */
  readonly where: string;
  readonly text: string;
  readonly href: string | null;
}

/** More platforms are looked at one by one, on their own pages. */
const MOST_PLATFORMS = 30;

/** What needs attention here: of one platform, or for super admins of all. */
export async function overviewAttention(parts: CoreParts, ctx: RouteContext): Promise<OverviewAttention[]> {
  if (!may(ctx, 'platform-admin.modules.view')) return [];
  const texts = moduleTexts(parts, ctx);
  if (!isGlobalPlatform(ctx.platform)) {
    return (await parts.attention.list(ctx)).map((item) => ({
      where: texts.name(item.module),
      ...attentionView(ctx, texts, item),
    }));
  }
  const platforms = parts.tenants.platforms().slice(0, MOST_PLATFORMS);
  const facts = parts.attention.facts(ctx, [ctx.platform.id, ...platforms.map(({ id }) => id)]);
  const [own, others] = await Promise.all([
    parts.attention.list(ctx, { facts }),
    Promise.all(platforms.map((platform) => of(parts, ctx, { platform, facts }))),
  ]);
  return [
    ...own.map((item) => ({
      where: texts.name(item.module),
      ...attentionView(ctx, texts, item),
      href: null,
    })),
    ...others.flatMap(({ platform, items }) =>
      items.map((item) => ({
        where: `${platform.name} · ${texts.name(item.module)}`,
        text: attentionView(ctx, texts, item).text,
        href: item.path === null ? null : ctx.links.to('admin', `/platforms/${platform.code}${item.path}`),
      })),
    ),
  ];
}

/** The process's own health is the same on all platforms, and told once. */
async function of(
  parts: CoreParts,
  ctx: RouteContext,
  { platform, facts }: { readonly platform: PlatformRecord; readonly facts: Promise<AttentionFacts> },
): Promise<{ readonly platform: PlatformRecord; readonly items: readonly AttentionItem[] }> {
  const there = { ...ctx, platform, snapshot: parts.states.snapshotOf(platform.id) };
  return { platform, items: await parts.attention.list(there, { withHealth: false, facts }) };
}
