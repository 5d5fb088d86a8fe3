import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import type { StoreContext, StoreRecord } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { asStore } from '../../tenancy/asTenant.js';
import { DOMAIN_STATUSES, type StoreDomain } from '../../tenancy/models/StoreDomain.js';
import { DOMAIN_SORTS, domainProof, type DomainListing } from '../../tenancy/services/Domains.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail, type Section } from '../views/adminDetail.js';
import { saySentence } from '../../errors/saying.js';
import { adminForm, orForm, type FormProblem, type FormValues } from '../views/adminForm.js';
import { adminList, choice, listPageInput, type RowAction } from '../views/adminList.js';
import { confirmPage } from '../views/confirmPage.js';
import { may, wordsOf, type Words } from '../views/words.js';
import { domainBadge, domainHref } from './domainViews.js';
import { withStore } from './storeRoutes.js';

const listInput = listPageInput(DOMAIN_SORTS, { status: choice(DOMAIN_STATUSES) });
const storeId = z.object({ storeId: z.uuid() });
const one = storeId.extend({ domainId: z.uuid() });
const ONE = '/stores/:storeId/domains/:domainId';
const common = { surface: 'admin', kind: 'page', menu: 'domains' } as const;
const see = { ...common, access: 'platform-admin.stores.view' } as const;
const edit = { ...common, access: 'platform-admin.stores.edit' } as const;

/** Custom domains of a platform's stores. */
export const domainPages = (parts: CoreParts): RouteDefinition[] => {
  const inStore = <Result>(
    ctx: RouteContext,
    id: string,
    work: (inside: StoreContext, store: StoreRecord) => Promise<Result>,
  ): Promise<Result> => withStore(parts, ctx, id, (_merchant, store) => work(asStore(ctx, store), store));
  return [
    defineRoute({
      ...see,
      method: 'GET',
      path: '/domains',
      input: listInput,
      handle: (ctx, query) => domainList(parts, ctx, query),
    }),
    defineRoute({
      ...edit,
      method: 'GET',
      path: '/stores/:storeId/domains/new',
      input: storeId,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (_inside, store) => newDomain(parts, ctx, store, {})),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: '/stores/:storeId/domains/new',
      input: storeId.extend({ domain: z.string().trim().max(300).default('') }),
      handle: (ctx, { storeId: id, domain }) =>
        inStore(ctx, id, (inside, store) =>
          orForm(
            async () => {
              const added = await parts.domains.add(inside, domain);
              return redirect(
                domainHref(ctx, id, added.id),
                303,
                flash(ctx, {
                  kind: 'success',
                  key: 'core.domains.addedDone',
                  values: { domain: added.domain },
                }),
              );
            },
            (problem) => newDomain(parts, ctx, store, { domain }, problem),
          ),
        ),
    }),
    defineRoute({
      ...see,
      method: 'GET',
      path: ONE,
      input: one,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside, store) =>
          domainDetail(parts, ctx, store, await parts.domains.get(inside, input.domainId)),
        ),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${ONE}/verify`,
      input: one,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside, store) => {
          const domain = await parts.domains.get(inside, input.domainId);
          return orForm(
            async () => {
              const { status } = await parts.domains.verify(inside, domain.id);
              const isActive = status === 'active';
              return redirect(
                domainHref(ctx, store.id, domain.id),
                303,
                flash(ctx, {
                  kind: isActive ? 'success' : 'warning',
                  key: isActive ? 'core.domains.verified' : 'core.domains.notVerified',
                  values: { domain: domain.domain },
                }),
              );
            },
            (problem) => domainDetail(parts, ctx, store, domain, problem),
          );
        }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${ONE}/primary`,
      input: one,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside, store) => {
          const domain = await parts.domains.get(inside, input.domainId);
          const before = (await parts.domains.list(inside)).find(({ isPrimary }) => isPrimary);
          return orForm(
            async () => {
              await parts.domains.makePrimary(inside, domain.id);
              return redirect(
                domainHref(ctx, store.id, domain.id),
                303,
                flash(ctx, {
                  kind: 'success',
                  key: 'core.domains.preferred',
                  values: { domain: domain.domain },
                  ...(before && before.id !== domain.id
                    ? { undo: { action: `${domainHref(ctx, store.id, before.id)}/primary` } }
                    : {}),
                }),
              );
            },
            (problem) => domainDetail(parts, ctx, store, domain, problem),
          );
        }),
    }),
    defineRoute({
      ...edit,
      method: 'GET',
      path: `${ONE}/release`,
      input: one,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside, store) => {
          const t = wordsOf(parts, ctx);
          const { id, domain } = await parts.domains.get(inside, input.domainId);
          const address = domainHref(ctx, store.id, id);
          return confirmPage({
            head: { title: t('core.domains.release'), breadcrumbs: crumbs(t, ctx, store, domain) },
            title: t('core.domains.releaseTitle', { domain }),
            text: t('core.domains.releaseText'),
            consequences: [
              t('core.domains.releaseEffect1'),
              t('core.domains.releaseEffect2'),
              t('core.domains.releaseEffect3'),
            ],
            action: `${address}/release`,
            submit: t('core.domains.release'),
            cancel: address,
            danger: true,
          });
        }),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${ONE}/release`,
      input: one,
      handle: (ctx, input) =>
        inStore(ctx, input.storeId, async (inside, store) => {
          const { domain } = await parts.domains.release(inside, input.domainId);
          return redirect(
            ctx.links.to('admin', `/stores/${store.id}`),
            303,
            flash(ctx, { kind: 'success', key: 'core.domains.releasedDone', values: { domain } }),
          );
        }),
    }),
  ];
};

async function domainList(parts: CoreParts, ctx: RouteContext, query: z.output<typeof listInput>) {
  const t = wordsOf(parts, ctx);
  const { format, ...wanted } = query;
  return adminList<DomainListing>(t, {
    head: {
      title: t('core.domains.title'),
      text: t('core.domains.text', { domain: ctx.platform.domain ?? '–' }),
    },
    address: ctx.links.to('admin', '/domains'),
    query,
    searchLabel: t('core.domains.search'),
    filters: [
      {
        name: 'status',
        label: t('core.list.status'),
        options: [
          { value: '', label: t('core.domains.held') },
          ...DOMAIN_STATUSES.map((value) => ({ value, label: t(`core.domains.status.${value}`) })),
        ],
      },
    ],
    columns: [
      {
        label: t('core.domains.domain'),
        sort: 'domain',
        cell: ({ domain, isPrimary }) => ({
          text: domain,
          detail: isPrimary ? t('core.domains.primary') : null,
        }),
      },
      {
        label: t('core.domains.store'),
        sort: 'store',
        cell: ({ storeName, storeCode }) => ({ text: storeName, detail: storeCode }),
      },
      {
        label: t('core.list.status'),
        sort: 'status',
        cell: ({ status, failure }) => ({
          ...domainBadge(t, status),
          detail: status === 'failing' && failure !== null ? saySentence(failure) : null,
        }),
      },
      { label: t('core.domains.added'), sort: 'addedAt', cell: ({ addedAt }) => ({ date: addedAt }) },
      { label: t('core.domains.checked'), cell: ({ checkedAt }) => ({ date: checkedAt }) },
    ],
    found: await parts.domains.listOnPlatform(ctx, { ...wanted, isExport: format === 'csv' }),
    row: ({ id, storeId: store, status }) => ({
      id,
      href: status === 'released' ? null : domainHref(ctx, store, id),
      isMuted: status === 'released',
    }),
    empty: {
      symbol: 'world',
      title: t('core.domains.none'),
      text: t('core.domains.noneText'),
      link: ctx.links.to('admin', '/stores'),
      linkText: t('core.stores.title'),
    },
    file: 'domains',
  });
}

function newDomain(
  parts: CoreParts,
  ctx: RouteContext,
  store: StoreRecord,
  values: FormValues,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const back = ctx.links.to('admin', `/stores/${store.id}`);
  return adminForm({
    head: {
      title: t('core.domains.add'),
      text: t('core.domains.addText'),
      breadcrumbs: crumbs(t, ctx, store, t('core.domains.add')),
    },
    action: `${back}/domains/new`,
    submit: t('core.domains.add'),
    cancel: back,
    values,
    // The service says what is wrong with the one value it is given.
    problem: problem && {
      ...problem,
      errors: problem.errors.map(({ path, message }) => ({ path: path || 'domain', message })),
    },
    groups: [
      {
        fields: [
          {
            name: 'domain',
            label: t('core.domains.domain'),
            kind: 'text',
            required: true,
            hint: t('core.domains.domainHint'),
            autocomplete: 'off',
          },
        ],
      },
    ],
  });
}

const crumbs = (t: Words, ctx: RouteContext, store: StoreRecord, last: string) => [
  { label: t('core.stores.title'), href: ctx.links.to('admin', '/stores') },
  { label: store.name, href: ctx.links.to('admin', `/stores/${store.id}`) },
  { label: last, href: null },
];

function domainDetail(
  parts: CoreParts,
  ctx: RouteContext,
  store: StoreRecord,
  domain: StoreDomain,
  problem?: FormProblem,
): View {
  const t = wordsOf(parts, ctx);
  const address = domainHref(ctx, store.id, domain.id);
  const badge = domainBadge(t, domain.status);
  const mayEdit = may(ctx, 'platform-admin.stores.edit');
  const proof = domainProof(domain);
  const records: Section = {
    kind: 'records',
    title: t('core.domains.record'),
    text: t('core.domains.recordText'),
    records: [
      { label: t('core.domains.recordType'), value: proof.type },
      { label: t('core.domains.recordName'), value: proof.name },
      { label: t('core.domains.recordValue'), value: proof.value },
    ],
  };
  return adminDetail({
    ...(problem ? { status: problem.status } : {}),
    head: {
      title: domain.domain,
      text: t(`core.domains.text.${domain.status}`),
      breadcrumbs: crumbs(t, ctx, store, domain.domain),
    },
    badges: [
      { kind: badge.kind, text: badge.badge },
      ...(domain.isPrimary ? [{ kind: 'info' as const, text: t('core.domains.primary') }] : []),
    ],
    notice: problem
      ? { kind: 'error', text: problem.text ?? problem.errors.map(({ message }) => message).join(' ') }
      : domain.failure
        ? { kind: 'warning', text: saySentence(domain.failure) }
        : null,
    actions: mayEdit ? actionsOf(t, address, domain) : [],
    main: [records],
    aside: [
      {
        kind: 'facts',
        title: t('core.platform.facts'),
        facts: [
          {
            label: t('core.domains.store'),
            text: store.name,
            href: ctx.links.to('admin', `/stores/${store.id}`),
          },
          { label: t('core.domains.added'), date: domain.addedAt },
          { label: t('core.domains.checked'), date: domain.checkedAt },
          { label: t('core.domains.verifiedAt'), date: domain.verifiedAt },
          ...(domain.graceUntil ? [{ label: t('core.domains.grace'), date: domain.graceUntil }] : []),
        ],
      },
    ],
  });
}

const actionsOf = (t: Words, address: string, { status, isPrimary }: StoreDomain): RowAction[] => [
  { label: t('core.domains.verify'), action: `${address}/verify`, confirm: null },
  ...(status === 'active' && !isPrimary
    ? [{ label: t('core.domains.prefer'), action: `${address}/primary`, confirm: null }]
    : []),
  { label: t('core.domains.release'), href: `${address}/release` },
];
