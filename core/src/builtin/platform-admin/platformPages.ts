import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { LANGUAGES } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import type { PlatformDetails } from '../../tenancy/services/Platforms.js';
import type { CoreParts } from '../core/CoreParts.js';
import { visiblePlatforms } from '../core/visiblePlatforms.js';
import { adminDetail } from '../views/adminDetail.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../views/adminForm.js';
import { adminList, choice, listPageInput } from '../views/adminList.js';
import { confirmPage } from '../views/confirmPage.js';
import { isSuperAdmin, may, wordsOf, type Words } from '../views/words.js';
import { requireSuperAdmin } from './platformRoutes.js';
import { PLATFORM_SORTS, pageOfPlatforms, platformBadge } from './platformViews.js';

const listInput = listPageInput(PLATFORM_SORTS, { status: choice(['active', 'inactive']) });
const typed = z.string().max(300).default('');
const several = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string()).default([]),
);
const editInput = z.object({
  name: typed,
  domain: typed,
  defaultLanguage: typed,
  languages: several,
  contactEmail: typed,
});

/** The list of platforms above all of them, and one platform's own facts. */
export const platformPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platforms',
    surface: 'admin',
    scope: 'global',
    kind: 'page',
    access: 'signed-in',
    menu: 'platforms',
    input: listInput,
    handle: async (ctx, query) => platformList(parts, ctx, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/platform',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.view',
    menu: 'platform',
    handle: (ctx) => platformDetail(parts, ctx),
  }),
  defineRoute({
    method: 'GET',
    path: '/platform/edit',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    handle: async (ctx) => {
      const platform = await parts.platforms.get(ctx);
      return editForm(parts, ctx, {
        ...platform,
        domain: platform.domain ?? '',
        contactEmail: platform.settings['contactEmail'] ?? '',
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/platform/edit',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    input: editInput,
    handle: (ctx, { domain, contactEmail, ...input }) =>
      orForm(
        async () => {
          await parts.platforms.update(ctx, {
            name: input.name,
            languages: input.languages as never,
            defaultLanguage: input.defaultLanguage as never,
            contactEmail: contactEmail.trim() === '' ? null : contactEmail.trim(),
            // The address of a platform is the provider's: its administrators do not see the field.
            ...(isSuperAdmin(ctx) ? { domain: domain.trim() === '' ? null : domain } : {}),
          });
          return redirect(
            ctx.links.to('admin', '/platform'),
            303,
            flash(ctx, { kind: 'success', key: 'core.form.saved' }),
          );
        },
        (problem) => editForm(parts, ctx, { ...input, domain, contactEmail }, problem),
      ),
    invalid: (ctx, values, errors) => editForm(parts, ctx, values, refused(errors)),
  }),
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

async function platformList(
  parts: CoreParts,
  ctx: RouteContext,
  query: z.output<typeof listInput>,
): Promise<ReturnType<typeof adminList>> {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', '/platforms');
  const mayCreate = isSuperAdmin(ctx);
  return adminList(t, {
    head: {
      title: t('core.platforms.title'),
      text: t('core.platforms.text'),
      ...(mayCreate ? { link: `${address}/new`, linkText: t('core.platforms.add'), symbol: 'plus' } : {}),
    },
    address,
    query,
    searchLabel: t('core.platforms.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('core.admin.all') },
          { value: 'active', label: t('core.status.active') },
          { value: 'inactive', label: t('core.status.inactive') },
        ],
      },
    ],
    columns: [
      {
        label: t('core.platforms.name'),
        sort: 'name',
        cell: ({ name, code }) => ({ text: name, detail: code }),
      },
      {
        label: t('core.platforms.domain'),
        sort: 'domain',
        cell: ({ domain, siteHref }) => (siteHref ? { text: domain, href: siteHref } : { text: domain }),
      },
      {
        label: t('core.platforms.stores'),
        sort: 'stores',
        isNumber: true,
        cell: ({ storeCount }) => ({ number: storeCount }),
      },
      {
        label: t('core.platforms.modules'),
        sort: 'modules',
        isNumber: true,
        cell: ({ moduleCount }) => ({ number: moduleCount }),
      },
      { label: t('core.list.status'), cell: ({ isActive }) => platformBadge(t, isActive) },
    ],
    found: pageOfPlatforms(await visiblePlatforms(parts, ctx), query),
    row: ({ code, href, isActive }) => ({ id: code, href, isMuted: !isActive }),
    empty: { symbol: 'stack-2', title: t('core.platforms.none'), text: t('core.platforms.noneText') },
    file: 'platforms',
  });
}

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

function editForm(parts: CoreParts, ctx: RouteContext, values: FormValues, problem?: FormProblem): View {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', '/platform');
  const languages = LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] }));
  return adminForm({
    head: {
      title: t('core.platform.edit'),
      breadcrumbs: [
        { label: ctx.platform.name, href: address },
        { label: t('core.platform.edit'), href: null },
      ],
    },
    action: `${address}/edit`,
    submit: t('core.form.save'),
    cancel: address,
    values,
    problem,
    groups: [
      {
        fields: [
          { name: 'name', label: t('core.platforms.name'), kind: 'text', required: true, maxlength: 100 },
          ...(isSuperAdmin(ctx)
            ? [
                {
                  name: 'domain',
                  label: t('core.platforms.domain'),
                  kind: 'text' as const,
                  hint: t('core.platform.domainHint'),
                },
              ]
            : []),
          {
            name: 'contactEmail',
            label: t('core.platform.contactEmail'),
            kind: 'email',
            hint: t('core.platform.contactEmailHint'),
            autocomplete: 'off',
          },
          { name: 'languages', label: t('core.platform.languages'), kind: 'boxes', options: languages },
          {
            name: 'defaultLanguage',
            label: t('core.platform.defaultLanguage'),
            kind: 'select',
            options: languages,
            required: true,
          },
        ],
      },
    ],
  });
}

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
