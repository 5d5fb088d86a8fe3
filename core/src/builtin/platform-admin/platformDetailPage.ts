import { defineRoute, type RouteContext, type RouteDefinition, type View } from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import type { PlatformDetails } from '../../tenancy/services/Platforms.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail } from '../views/adminDetail.js';
import { isSuperAdmin, may, wordsOf, type Words } from '../views/words.js';
import { platformBadge } from './platformViews.js';

/** One platform's own facts, and how much there is of its parts. */
export const platformDetailPage = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platform',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.view',
    menu: 'platform',
    handle: (ctx) => platformDetail(parts, ctx),
  }),
];

async function platformDetail(parts: CoreParts, ctx: RouteContext): Promise<View> {
  const t = wordsOf(parts, ctx);
  const platform = await parts.platforms.get(ctx);
  const to = (path: string): string => ctx.links.to('admin', path);
  const [size] = await parts.database.directory(ctx, ({ tx }) =>
    tx.query<{ merchants: number; stores: number; domains: number }>(
      `select (select count(*)::int from core_merchant_platform where platform_id = $1) as merchants,
        (select count(*)::int from core_store_platform where platform_id = $1 and is_active) as stores,
        (select count(*)::int from core_store_domain where platform_id = $1 and status <> 'released') as domains`,
      [ctx.platform.id],
    ),
  );
  const { merchants, stores, domains } = size as { merchants: number; stores: number; domains: number };
  const tiers = await parts.tiers.list(ctx);
  const modules = parts.states.snapshotOf(ctx.platform.id).modules.size;
  const links = [
    {
      permission: 'platform-admin.modules.view',
      path: '/modules',
      key: 'modules',
      count: modules,
      symbol: 'puzzle',
    },
    {
      permission: 'platform-admin.tiers.view',
      path: '/tiers',
      key: 'tiers',
      count: tiers.length,
      symbol: 'stack',
    },
    {
      permission: 'platform-admin.merchants.view',
      path: '/merchants',
      key: 'merchants',
      count: merchants,
      symbol: 'building',
    },
    {
      permission: 'platform-admin.stores.view',
      path: '/stores',
      key: 'stores',
      count: stores,
      symbol: 'building-store',
    },
    {
      permission: 'platform-admin.stores.view',
      path: '/domains',
      key: 'domains',
      count: domains,
      symbol: 'world',
    },
  ];
  return adminDetail({
    head: {
      title: platform.name,
      text: t('core.platform.text'),
      ...(may(ctx, 'platform-admin.platforms.edit')
        ? { link: to('/platform/edit'), linkText: t('core.form.edit'), symbol: 'pencil' }
        : {}),
    },
    badges: [
      { kind: platform.isActive ? 'success' : 'neutral', text: platformBadge(t, platform.isActive).badge },
    ],
    actions: [
      ...(may(ctx, 'core.admin.view')
        ? [{ label: t('core.platform.branding'), href: to('/branding'), symbol: 'palette' }]
        : []),
      ...(isSuperAdmin(ctx)
        ? [
            {
              label: t(platform.isActive ? 'core.platform.deactivate' : 'core.platform.activate'),
              href: to('/platform/active'),
            },
          ]
        : []),
    ],
    main: [
      {
        kind: 'facts',
        title: t('core.platform.facts'),
        facts: factsOf(t, platform),
      },
    ],
    aside: [
      {
        kind: 'links',
        title: t('core.platform.parts'),
        links: links
          .filter(({ permission }) => may(ctx, permission))
          .map(({ path, key, count, symbol }) => ({
            label: t(`core.platform.part.${key}`),
            text: String(count),
            href: to(path),
            symbol,
          })),
      },
    ],
  });
}

const factsOf = (t: Words, platform: PlatformDetails) => [
  { label: t('core.platform.code'), text: platform.code },
  {
    label: t('core.platforms.domain'),
    text: platform.domain,
    href: platform.domain ? `https://${platform.domain}` : null,
  },
  { label: t('core.platform.host'), text: platform.host },
  { label: t('core.platform.defaultLanguage'), text: LANGUAGE_NAMES[platform.defaultLanguage] },
  {
    label: t('core.platform.languages'),
    text: platform.languages.map((language) => LANGUAGE_NAMES[language]).join(', '),
  },
  { label: t('core.platform.contactEmail'), text: String(platform.settings['contactEmail'] ?? '') || null },
];
