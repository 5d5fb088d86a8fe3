import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import type { Language } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import { STORE_SORTS, type StoreListing } from '../../tenancy/services/Stores.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../views/adminForm.js';
import { adminList, choice, listPageInput } from '../views/adminList.js';
import { wordsOf } from '../views/words.js';
import { languageFields } from './languageFields.js';
import { merchantHere } from './merchantRoutes.js';
import { storeDetail } from './storeDetail.js';
import { withStore } from './storeRoutes.js';
import { storeBadge } from './storeViews.js';

const BASE = '/stores';
const STANDINGS = ['active', 'suspended', 'inactive', 'left'] as const;
const listInput = listPageInput(STORE_SORTS, {
  status: choice(STANDINGS),
  merchantId: z.uuid().optional().catch(undefined),
});
const typed = z.string().trim().max(300).default('');
const several = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string().max(20)).default([]),
);
const fields = { name: typed, defaultLanguage: typed, languages: several, subdomain: typed };
const storeId = z.object({ storeId: z.uuid() });
const merchantId = z.object({ merchantId: z.uuid() });
const common = { surface: 'admin', kind: 'page', menu: 'stores' } as const;
const see = { ...common, access: 'platform-admin.stores.view' } as const;
const edit = { ...common, access: 'platform-admin.stores.edit' } as const;

/** Stores of one platform, or of all: the list; and of one platform their pages and forms. */
export const storePages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...see,
    method: 'GET',
    path: BASE,
    scope: 'both',
    input: listInput,
    handle: (ctx, query) => storeList(parts, ctx, query),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: '/merchants/:merchantId/stores/new',
    input: merchantId,
    handle: async (ctx, input) =>
      newStore(parts, ctx, await merchantHere(parts, ctx, input.merchantId), {
        defaultLanguage: ctx.platform.defaultLanguage,
        languages: ctx.platform.languages,
      }),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: '/merchants/:merchantId/stores/new',
    input: merchantId.extend({ ...fields, code: typed }),
    handle: async (ctx, { merchantId: id, subdomain, ...input }) => {
      const merchant = await merchantHere(parts, ctx, id);
      return orForm(
        async () => {
          const store = await parts.stores.create(asMerchant(ctx, merchant), {
            ...(input as { name: string; code: string; defaultLanguage: Language; languages: Language[] }),
            ...(subdomain === '' ? {} : { subdomain }),
          });
          return redirect(
            ctx.links.to('admin', `${BASE}/${store.id}`),
            303,
            flash(ctx, { kind: 'success', key: 'core.stores.created', values: { name: store.name } }),
          );
        },
        (problem) => newStore(parts, ctx, merchant, { ...input, subdomain }, problem),
      );
    },
    invalid: async (ctx, values, errors) =>
      newStore(
        parts,
        ctx,
        await merchantHere(parts, ctx, String(values['merchantId'])),
        values,
        refused(errors),
      ),
  }),
  defineRoute({
    ...see,
    method: 'GET',
    path: `${BASE}/:storeId`,
    input: storeId,
    handle: (ctx, input) =>
      withStore(parts, ctx, input.storeId, (_merchant, store) => storeDetail(parts, ctx, store)),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/:storeId/edit`,
    input: storeId,
    handle: (ctx, input) =>
      withStore(parts, ctx, input.storeId, async (_merchant, store) =>
        editStore(parts, ctx, store, { ...store }),
      ),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/:storeId/edit`,
    input: storeId.extend(fields),
    handle: (ctx, { storeId: id, subdomain, ...input }) =>
      withStore(parts, ctx, id, (merchant, store) =>
        orForm(
          async () => {
            // One transaction: a taken subdomain leaves the name as it was, too.
            await parts.database.unit(merchant, async (inside) => {
              await parts.stores.update(
                inside,
                id,
                input as { name: string; languages: Language[]; defaultLanguage: Language },
              );
              if (subdomain !== store.subdomain) await parts.stores.setSubdomain(inside, id, subdomain);
            });
            return redirect(
              ctx.links.to('admin', `${BASE}/${id}`),
              303,
              flash(ctx, { kind: 'success', key: 'core.form.saved' }),
            );
          },
          (problem) => editStore(parts, ctx, store, { ...input, subdomain }, problem),
        ),
      ),
    invalid: (ctx, values, errors) =>
      withStore(parts, ctx, String(values['storeId']), async (_merchant, store) =>
        editStore(parts, ctx, store, values, refused(errors)),
      ),
  }),
];

async function storeList(parts: CoreParts, ctx: RouteContext, query: z.output<typeof listInput>) {
  const t = wordsOf(parts, ctx);
  const isGlobal = ctx.platform === GLOBAL_PLATFORM;
  const address = ctx.links.to('admin', BASE);
  const { format, ...wanted } = query;
  const found = await parts.stores.list(ctx, { ...wanted, isExport: format === 'csv' });
  const platformOf = ({ platformId }: StoreListing) => parts.tenants.platformById(platformId);
  const addressOf = (store: StoreListing): string => {
    const domain = platformOf(store)?.domain;
    return domain ? `${store.subdomain}.${domain}` : store.subdomain;
  };
  return adminList<StoreListing>(t, {
    head: {
      title: t('core.stores.title'),
      text: t(isGlobal ? 'core.stores.textGlobal' : 'core.stores.text'),
    },
    address,
    query,
    keep: query.merchantId ? { merchantId: query.merchantId } : {},
    searchLabel: t('core.stores.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('core.admin.all') },
          ...STANDINGS.map((value) => ({ value, label: t(`core.status.${value}`) })),
        ],
      },
    ],
    columns: [
      {
        label: t('core.stores.name'),
        sort: 'name',
        cell: ({ name, code }) => ({ text: name, detail: code }),
      },
      {
        label: t('core.stores.merchant'),
        sort: 'merchant',
        cell: ({ merchantName }) => ({ text: merchantName }),
      },
      ...(isGlobal
        ? [
            {
              label: t('core.platforms.name'),
              cell: (store: StoreListing) => ({ text: platformOf(store)?.name ?? null }),
            },
          ]
        : []),
      { label: t('core.stores.address'), cell: (store) => ({ text: addressOf(store) }) },
      { label: t('core.list.status'), sort: 'status', cell: (store) => storeBadge(t, store) },
      { label: t('core.merchants.since'), sort: 'createdAt', cell: ({ createdAt }) => ({ date: createdAt }) },
    ],
    found,
    row: (store) => ({
      id: `${store.platformId}-${store.id}`,
      href: isGlobal
        ? `${ctx.links.to('admin', '/platforms/')}${platformOf(store)?.code ?? ''}${BASE}/${store.id}`
        : `${address}/${store.id}`,
    }),
    empty: {
      symbol: 'building-store',
      title: t('core.stores.noneYet'),
      text: t('core.stores.noneYetText'),
      link: ctx.links.to('admin', '/merchants'),
      linkText: t('core.merchants.title'),
    },
    file: 'stores',
  });
}

function newStore(
  parts: CoreParts,
  ctx: RouteContext,
  merchant: { readonly id: string; readonly name: string },
  values: FormValues,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const back = ctx.links.to('admin', `/merchants/${merchant.id}`);
  return adminForm({
    head: {
      title: t('core.stores.add'),
      breadcrumbs: [
        { label: t('core.merchants.title'), href: ctx.links.to('admin', '/merchants') },
        { label: merchant.name, href: back },
        { label: t('core.stores.add'), href: null },
      ],
    },
    action: `${back}/stores/new`,
    submit: t('core.stores.add'),
    cancel: back,
    values,
    problem,
    groups: [
      {
        fields: [
          { name: 'name', label: t('core.stores.name'), kind: 'text', required: true, maxlength: 100 },
          {
            name: 'code',
            label: t('core.stores.code'),
            kind: 'text',
            required: true,
            maxlength: 50,
            hint: t('core.stores.codeHint'),
          },
          subdomainField(parts, ctx),
          ...languageFields(t),
        ],
      },
    ],
  });
}

function editStore(
  parts: CoreParts,
  ctx: RouteContext,
  store: { readonly id: string; readonly name: string },
  values: FormValues,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const back = ctx.links.to('admin', `${BASE}/${store.id}`);
  return adminForm({
    head: {
      title: t('core.stores.edit'),
      breadcrumbs: [
        { label: t('core.stores.title'), href: ctx.links.to('admin', BASE) },
        { label: store.name, href: back },
        { label: t('core.stores.edit'), href: null },
      ],
    },
    action: `${back}/edit`,
    submit: t('core.form.save'),
    cancel: back,
    values,
    problem,
    groups: [
      {
        fields: [
          { name: 'name', label: t('core.stores.name'), kind: 'text', required: true, maxlength: 100 },
          { ...subdomainField(parts, ctx), required: true },
          ...languageFields(t),
        ],
      },
    ],
  });
}

const subdomainField = (parts: CoreParts, ctx: RouteContext) =>
  ({
    name: 'subdomain',
    label: wordsOf(parts, ctx)('core.stores.subdomain'),
    kind: 'text',
    maxlength: 63,
    hint: wordsOf(parts, ctx)('core.stores.subdomainHint', {
      domain: ctx.platform.domain ?? ctx.platform.code,
    }),
  }) as const;
