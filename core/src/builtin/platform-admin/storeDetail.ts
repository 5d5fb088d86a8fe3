import type { StoreRecord } from '../../kernel/context.js';
import type { RouteContext, View } from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import { asMerchant, asStore } from '../../tenancy/asTenant.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail } from '../views/adminDetail.js';
import type { RowAction } from '../views/adminList.js';
import { may, wordsOf, type Words } from '../views/words.js';
import { domainBadge, domainHref } from './domainViews.js';
import { storeBadge } from './storeViews.js';

/** A store as its platform's administrators see it. */
export async function storeDetail(parts: CoreParts, ctx: RouteContext, record: StoreRecord): Promise<View> {
  const t = wordsOf(parts, ctx);
  const inside = asStore(ctx, record);
  const [store, domains, identities] = await Promise.all([
    parts.stores.get(asMerchant(ctx, record.merchant), record.id),
    parts.domains.list(inside),
    parts.storeIdentities.list(inside),
  ]);
  const address = ctx.links.to('admin', `/stores/${store.id}`);
  const mayEdit = may(ctx, 'platform-admin.stores.edit');
  const host = ctx.platform.domain ? `${record.subdomain}.${ctx.platform.domain}` : record.subdomain;
  const standing = storeBadge(t, { status: store.status, isActive: record.isActiveOnPlatform });
  return adminDetail({
    head: {
      title: store.name,
      text: record.merchant.name,
      breadcrumbs: [
        { label: t('core.stores.title'), href: ctx.links.to('admin', '/stores') },
        { label: store.name, href: null },
      ],
      ...(mayEdit ? { link: `${address}/edit`, linkText: t('core.form.edit'), symbol: 'pencil' } : {}),
    },
    badges: [{ kind: standing.kind, text: standing.badge }],
    notice:
      store.status === 'suspended'
        ? { kind: 'warning', text: t('core.store.suspendedNotice', { reason: store.statusReason ?? '–' }) }
        : null,
    actions: [
      { label: t('core.store.people'), href: `${address}/people`, symbol: 'users' },
      ...(mayEdit ? actionsOf(t, address, record, store.status) : []),
    ],
    main: [
      {
        kind: 'table',
        title: t('core.domains.title'),
        text: t('core.store.domainsText'),
        columns: [
          { label: t('core.domains.domain') },
          { label: t('core.list.status') },
          { label: t('core.domains.added') },
        ],
        rows: domains.map((domain) => ({
          id: domain.id,
          href: domainHref(ctx, store.id, domain.id),
          cells: [
            { text: domain.domain, detail: domain.isPrimary ? t('core.domains.primary') : null },
            domainBadge(t, domain.status),
            { date: domain.addedAt },
          ],
        })),
        empty: {
          symbol: 'world',
          title: t('core.domains.none'),
          text: t('core.store.noDomainsText'),
          ...(mayEdit ? { link: `${address}/domains/new`, linkText: t('core.domains.add') } : {}),
        },
      },
      {
        kind: 'table',
        title: t('core.store.identities'),
        columns: [
          { label: t('core.store.identityProvider') },
          { label: t('core.store.identityName') },
          { label: t('core.store.identityClaimed') },
        ],
        rows: identities.map(({ id, provider, externalId, name, claimedAt }) => ({
          id,
          href: null,
          cells: [
            { text: provider },
            { text: name ?? externalId, detail: name ? externalId : null },
            { date: claimedAt },
          ],
          ...(mayEdit
            ? {
                actions: [
                  {
                    label: t('core.store.identityRelease'),
                    action: `${address}/identities/${id}/release`,
                    danger: true,
                    confirm: {
                      title: t('core.store.identityReleaseTitle', { name: name ?? externalId }),
                      text: t('core.store.identityReleaseText'),
                      submit: t('core.store.identityRelease'),
                    },
                  },
                ],
              }
            : {}),
        })),
        empty: {
          symbol: 'link',
          title: t('core.store.noIdentities'),
          text: t('core.store.noIdentitiesText'),
        },
      },
    ],
    aside: [
      {
        kind: 'facts',
        title: t('core.platform.facts'),
        facts: [
          { label: t('core.stores.code'), text: store.code },
          {
            label: t('core.stores.merchant'),
            text: record.merchant.name,
            href: ctx.links.to('admin', `/merchants/${record.merchantId}`),
          },
          {
            label: t('core.stores.address'),
            text: host,
            href: ctx.platform.domain ? `https://${host}` : null,
          },
          {
            label: t('core.platform.languages'),
            text: store.languages.map((language) => LANGUAGE_NAMES[language]).join(', '),
          },
          { label: t('core.platform.defaultLanguage'), text: LANGUAGE_NAMES[store.defaultLanguage] },
          { label: t('core.merchants.since'), date: store.createdAt },
        ],
      },
    ],
  });
}

function actionsOf(t: Words, address: string, record: StoreRecord, status: string): RowAction[] {
  const link = (verb: string): RowAction => ({
    label: t(`core.store.${verb}`),
    href: `${address}/status/${verb}`,
  });
  return [
    { label: t('core.domains.add'), href: `${address}/domains/new`, symbol: 'world' },
    ...(status === 'active' ? [link('suspend'), link('close')] : [link('reactivate')]),
    record.isActiveOnPlatform ? link('leave') : link('rejoin'),
  ];
}
