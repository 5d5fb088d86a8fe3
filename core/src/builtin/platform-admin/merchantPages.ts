import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { countryName } from '../../i18n/countryName.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import { MERCHANT_SORTS, type MerchantListing } from '../../tenancy/services/Merchants.js';
import type { MerchantInput } from '../../tenancy/tenantInputs.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../views/adminForm.js';
import { adminList, listPageInput } from '../views/adminList.js';
import { may, wordsOf } from '../views/words.js';
import { merchantDetail } from './merchantDetail.js';
import { merchantHere } from './merchantRoutes.js';

const BASE = '/merchants';
const text = (most: number) => z.string().trim().max(most).default('');
const code = z.string().max(50).optional().catch(undefined);
const listInput = listPageInput(MERCHANT_SORTS, {
  tier: code,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .catch(undefined),
});
const formInput = z.object({
  legalName: text(300),
  displayName: text(200),
  country: text(10),
  line1: text(300),
  line2: text(300),
  postalCode: text(50),
  city: text(200),
  vatId: text(50),
  email: text(300),
  phone: text(100),
});
const merchantId = z.object({ merchantId: z.uuid() });
const common = { surface: 'admin', kind: 'page', menu: 'merchants' } as const;
const view = { ...common, access: 'platform-admin.merchants.view' } as const;
const edit = { ...common, access: 'platform-admin.merchants.edit' } as const;

/** Merchants of one platform, or of all: the list; and of one platform their pages and forms. */
export const merchantPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...view,
    method: 'GET',
    path: BASE,
    scope: 'both',
    input: listInput,
    handle: (ctx, query) => merchantList(parts, ctx, query),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/new`,
    handle: (ctx) => merchantForm(parts, ctx, null, { country: 'LU' }),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/new`,
    input: formInput.extend({ tier: text(50) }),
    handle: (ctx, { tier, ...input }) =>
      orForm(
        async () => {
          const { id, displayName } = await parts.merchants.create(ctx, inputOf(input), tier || null);
          return redirect(
            ctx.links.to('admin', `${BASE}/${id}`),
            303,
            flash(ctx, { kind: 'success', key: 'core.merchants.created', values: { name: displayName } }),
          );
        },
        (problem) => merchantForm(parts, ctx, null, { ...input, tier }, problem),
      ),
    invalid: (ctx, values, errors) => merchantForm(parts, ctx, null, values, refused(errors)),
  }),
  defineRoute({
    ...view,
    method: 'GET',
    path: `${BASE}/:merchantId`,
    input: merchantId,
    handle: async (ctx, input) =>
      merchantDetail(parts, ctx, await merchantHere(parts, ctx, input.merchantId)),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/:merchantId/edit`,
    input: merchantId,
    handle: async (ctx, input) => {
      const merchant = await parts.merchants.get(
        asMerchant(ctx, await merchantHere(parts, ctx, input.merchantId)),
      );
      const values = {
        ...merchant,
        ...merchant.address,
        vatId: merchant.vatId ?? '',
        phone: merchant.phone ?? '',
      };
      return merchantForm(parts, ctx, input.merchantId, values);
    },
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/:merchantId/edit`,
    input: formInput.extend(merchantId.shape),
    handle: async (ctx, { merchantId: id, ...input }) => {
      const merchant = await merchantHere(parts, ctx, id);
      return orForm(
        async () => {
          await parts.merchants.update(asMerchant(ctx, merchant), inputOf(input));
          return redirect(
            ctx.links.to('admin', `${BASE}/${id}`),
            303,
            flash(ctx, { kind: 'success', key: 'core.form.saved' }),
          );
        },
        (problem) => merchantForm(parts, ctx, id, input, problem),
      );
    },
    invalid: async (ctx, values, errors) => {
      const { id } = await merchantHere(parts, ctx, String(values['merchantId']));
      return merchantForm(parts, ctx, id, values, refused(errors));
    },
  }),
];

/** As the form's fields stand: the address flat, nothing for what is empty. */
function inputOf({
  line1,
  line2,
  postalCode,
  city,
  vatId,
  phone,
  country,
  ...names
}: z.output<typeof formInput>): MerchantInput {
  return {
    ...names,
    country: country.toUpperCase(),
    address: { line1, line2, postalCode, city },
    vatId: vatId.replace(/[\s.]/g, '').toUpperCase() || null,
    phone: phone || null,
  };
}

async function merchantList(parts: CoreParts, ctx: RouteContext, query: z.output<typeof listInput>) {
  const t = wordsOf(parts, ctx);
  const isGlobal = ctx.platform === GLOBAL_PLATFORM;
  const address = ctx.links.to('admin', BASE);
  const { q, page, perPage, sort, tier, country, format } = query;
  const filters = { country, tier: isGlobal ? undefined : tier };
  const found = await parts.merchants.list(ctx, {
    q,
    page,
    perPage,
    sort,
    ...filters,
    isExport: format === 'csv',
  });
  const tiers = isGlobal ? [] : await parts.tiers.list(ctx);
  const tierName = (one: string | null): string | null =>
    tiers.find((tier) => tier.code === one)?.name ?? one;
  const platformsOf = ({ platformIds }: MerchantListing): string =>
    platformIds
      .map((id) => parts.tenants.platformById(id)?.name ?? '')
      .filter(Boolean)
      .join(', ');
  const hrefOf = ({ id, platformIds }: MerchantListing): string | null => {
    if (!isGlobal) return `${address}/${id}`;
    const home = platformIds.map((one) => parts.tenants.platformById(one)).find((one) => one !== undefined);
    return home ? `${ctx.links.to('admin', '/platforms/')}${home.code}${BASE}/${id}` : null;
  };
  return adminList<MerchantListing>(t, {
    head: {
      title: t('core.merchants.title'),
      text: t(isGlobal ? 'core.merchants.textGlobal' : 'core.merchants.text'),
      ...(!isGlobal && may(ctx, 'platform-admin.merchants.edit')
        ? { link: `${address}/new`, linkText: t('core.merchants.add'), symbol: 'plus' }
        : {}),
    },
    address,
    query,
    searchLabel: t('core.merchants.search'),
    filters: isGlobal
      ? []
      : [
          {
            name: 'tier',
            label: t('core.merchants.tier'),
            options: [
              { value: '', label: t('core.merchants.allTiers') },
              ...tiers.map(({ code: value, name }) => ({ value, label: name })),
            ],
          },
        ],
    columns: [
      {
        label: t('core.merchants.name'),
        sort: 'name',
        cell: ({ displayName, legalName }) => ({
          text: displayName,
          detail: legalName === displayName ? null : legalName,
        }),
      },
      {
        label: t('core.merchants.country'),
        sort: 'country',
        cell: (merchant) => ({ text: countryName(ctx.language, merchant.country) }),
      },
      { label: t('core.merchants.email'), cell: ({ email }) => ({ text: email }) },
      isGlobal
        ? { label: t('core.platforms.title'), cell: (merchant) => ({ text: platformsOf(merchant) || null }) }
        : {
            label: t('core.merchants.tier'),
            sort: 'tier',
            cell: ({ tierCode }) => ({ text: tierName(tierCode) }),
          },
      {
        label: t('core.platforms.stores'),
        sort: 'stores',
        isNumber: true,
        cell: ({ stores }) => ({ number: stores }),
      },
      { label: t('core.merchants.since'), sort: 'createdAt', cell: ({ createdAt }) => ({ date: createdAt }) },
    ],
    found,
    row: (merchant) => ({ id: merchant.id, href: hrefOf(merchant) }),
    empty: {
      symbol: 'building',
      title: t('core.merchants.none'),
      text: t('core.merchants.noneText'),
      ...(!isGlobal && may(ctx, 'platform-admin.merchants.edit')
        ? { link: `${address}/new`, linkText: t('core.merchants.add') }
        : {}),
    },
    file: 'merchants',
  });
}

async function merchantForm(
  parts: CoreParts,
  ctx: RouteContext,
  id: string | null,
  values: FormValues,
  problem?: FormProblem,
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const list = ctx.links.to('admin', BASE);
  const address = id === null ? `${list}/new` : `${list}/${id}/edit`;
  const title = t(id === null ? 'core.merchants.add' : 'core.merchants.edit');
  const field = (name: string, required = false, hint: string | null = null) =>
    ({
      name,
      label: t(`core.merchants.${name}`),
      kind: 'text',
      required,
      hint,
      autocomplete: 'off',
    }) as const;
  const tiers =
    id === null ? (await parts.tiers.list(ctx)).filter(({ archivedAt }) => archivedAt === null) : [];
  return adminForm({
    head: {
      title,
      breadcrumbs: [
        { label: t('core.merchants.title'), href: list },
        ...(id === null ? [] : [{ label: String(values['displayName'] ?? ''), href: `${list}/${id}` }]),
        { label: title, href: null },
      ],
    },
    action: address,
    submit: t(id === null ? 'core.merchants.add' : 'core.form.save'),
    cancel: id === null ? list : `${list}/${id}`,
    values,
    problem: problem && { ...problem, errors: problem.errors.map(flat) },
    groups: [
      {
        title: t('core.merchants.groupNames'),
        fields: [
          field('displayName', true),
          field('legalName', true, t('core.merchants.legalNameHint')),
          field('vatId', false, t('core.merchants.vatIdHint')),
        ],
      },
      {
        title: t('core.merchants.groupAddress'),
        fields: [
          field('line1'),
          field('line2'),
          field('postalCode'),
          field('city'),
          field('country', true, t('core.merchants.countryHint')),
        ],
      },
      {
        title: t('core.merchants.groupContact'),
        fields: [{ ...field('email', true), kind: 'email' }, field('phone')],
      },
      ...(tiers.length === 0
        ? []
        : [
            {
              title: t('core.merchants.tier'),
              fields: [
                {
                  name: 'tier',
                  label: t('core.merchants.tier'),
                  kind: 'select' as const,
                  options: [
                    { value: '', label: t('core.merchants.tierDefault') },
                    ...tiers.map(({ code: value, name }) => ({ value, label: name })),
                  ],
                },
              ],
            },
          ]),
    ],
  });
}

/** The service's address is an object, the form's is flat. */
const flat = ({ path, message }: { path: string; message: string }) => ({
  path: path.replace(/^address\./, ''),
  message,
});
