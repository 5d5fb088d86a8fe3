import { z } from 'zod';
import type { AuditEntry, AuditFilter, AuditPage } from '../../identity/audit/AuditEntry.js';
import { defineRoute, type RouteContext, type RouteDefinition, type View } from '../../kernel/route.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail, type Fact } from '../views/adminDetail.js';
import { adminList, addressOf, listPageInput, type ListState } from '../views/adminList.js';
import { wordsOf } from '../views/words.js';
import { actionChoices } from '../core/trail/actionChoices.js';
import { trailLines, type TrailLine } from '../core/trail/trailLines.js';
import { auditChanges } from './auditChanges.js';

const BASE = '/audit-log';
const common = {
  method: 'GET',
  surface: 'admin',
  kind: 'page',
  scope: 'both',
  access: 'platform-admin.audit.view',
  menu: 'audit-log',
} as const;
const short = z.string().trim().max(200).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);
const id = z.uuid().optional().catch(undefined);
const listInput = listPageInput(['time'], {
  actor: short,
  action: short,
  subjectType: short,
  subjectId: short,
  from: day,
  to: day,
  platform: short,
  merchant: id,
  upTo: id,
});
type Query = z.output<typeof listInput>;
const DAY_MS = 86_400_000;

/** The audit trail of a platform with its merchants, or of all of them. */
export const auditPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    path: BASE,
    input: listInput,
    handle: (ctx, query) => auditList(parts, ctx, query),
  }),
  defineRoute({
    ...common,
    path: `${BASE}/:entryId`,
    input: z.object({ entryId: z.uuid() }),
    handle: async (ctx, { entryId }) => entryDetail(parts, ctx, await parts.audit.get(ctx, entryId)),
  }),
];

/** The trail that a context may read. */
export const readTrail = (
  { audit }: Pick<CoreParts, 'audit'>,
  ctx: RouteContext,
  filter: AuditFilter,
): Promise<AuditPage> =>
  ctx.platform === GLOBAL_PLATFORM ? audit.listAcross(ctx, filter) : audit.listOnPlatform(ctx, filter);

async function auditList(parts: CoreParts, ctx: RouteContext, query: Query) {
  const t = wordsOf(parts, ctx);
  const isGlobal = ctx.platform === GLOBAL_PLATFORM;
  const address = ctx.links.to('admin', BASE);
  const found = await readTrail(parts, ctx, filterOf(parts, query, isGlobal));
  // Further pages begin where this list began, whatever is written meanwhile.
  const upTo = query.upTo ?? found.items[0]?.id;
  const keep = Object.fromEntries(
    Object.entries({
      merchant: query.merchant,
      subjectType: query.subjectType,
      subjectId: query.subjectId,
    }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const lines = await trailLines(parts, ctx, found.items);
  const told = new Map(lines.map((line) => [line.id, line]));
  const lineOf = ({ id }: AuditEntry): TrailLine => told.get(id) as TrailLine;
  return adminList<AuditEntry>(t, {
    head: { title: t('core.audit.title'), text: t('core.audit.text') },
    address,
    query: query as ListState,
    keep: query.page > 1 && upTo ? { ...keep, upTo } : keep,
    keepInPages: upTo ? { upTo } : {},
    searchLabel: t('core.audit.search'),
    filters: filtersOf(parts, ctx, query, isGlobal),
    inputs: [
      { name: 'actor', label: t('core.audit.who'), type: 'text', value: query.actor ?? '' },
      { name: 'from', label: t('core.audit.from'), type: 'date', value: query.from ?? '' },
      { name: 'to', label: t('core.audit.to'), type: 'date', value: query.to ?? '' },
    ],
    columns: [
      {
        label: t('core.audit.happened'),
        cell: (entry) => {
          const { who, text, place } = lineOf(entry);
          return { text: `${who} ${text}`, detail: place };
        },
      },
      { label: t('core.audit.who'), isFileOnly: true, cell: ({ actor }) => ({ text: actor.name }) },
      { label: t('core.audit.code'), isFileOnly: true, cell: ({ action }) => ({ text: action }) },
      { label: t('core.audit.subject'), isFileOnly: true, cell: (entry) => ({ text: subjectOf(entry) }) },
      { label: t('core.audit.change'), cell: (entry) => ({ text: summaryOf(entry) }) },
      {
        label: t('core.audit.when'),
        cell: (entry) => ({ date: entry.occurredAt, ago: lineOf(entry).ago }),
      },
    ],
    found,
    row: (entry) => ({ id: entry.id, href: `${address}/${entry.id}` }),
    empty: { symbol: 'history', title: t('core.audit.none'), text: t('core.audit.noneText') },
    file: 'audit-log',
  });
}

/** By platform, where there are several to look at, and by what happened. */
function filtersOf(parts: CoreParts, ctx: RouteContext, { action }: Query, isGlobal: boolean) {
  const t = wordsOf(parts, ctx);
  const groups = actionChoices(parts, ctx);
  const isListed = groups.some(({ options }) => options.some(({ value }) => value === action));
  return [
    ...(isGlobal
      ? [
          {
            name: 'platform',
            label: t('core.audit.platform'),
            options: [
              { value: '', label: t('core.audit.allPlatforms') },
              ...parts.tenants.platforms().map(({ code, name }) => ({ value: code, label: name })),
            ],
          },
        ]
      : []),
    {
      name: 'action',
      label: t('core.audit.action'),
      options: [
        { value: '', label: t('core.audit.allActions') },
        // The beginning of an action, as links give it.
        ...(action && !isListed ? [{ value: action, label: action }] : []),
      ],
      groups,
    },
  ];
}

function filterOf(parts: CoreParts, query: Query, isGlobal: boolean): AuditFilter {
  const platformId =
    isGlobal && query.platform ? parts.tenants.platformByCode(query.platform)?.id : undefined;
  return Object.fromEntries(
    Object.entries({
      q: query.q || undefined,
      page: query.page,
      perPage: query.perPage,
      actor: query.actor || undefined,
      actionOf: query.action || undefined,
      subjectType: query.subjectType || undefined,
      subjectId: query.subjectId || undefined,
      since: query.from ? new Date(`${query.from}T00:00:00Z`) : undefined,
      // The last day is meant to be in it.
      until: query.to ? new Date(new Date(`${query.to}T00:00:00Z`).getTime() + DAY_MS) : undefined,
      platformId,
      merchantId: query.merchant,
      upTo: query.upTo,
      isExport: query.format === 'csv',
    }).filter(([, value]) => value !== undefined),
  ) as AuditFilter;
}

const subjectOf = ({ subject }: AuditEntry): string => subject.name ?? subject.id;

const MOST = 3;

/** The first things that changed, in a line. */
function summaryOf(entry: AuditEntry): string {
  const changes = auditChanges(entry);
  const first = changes.slice(0, MOST).map(({ field, from, to }) => {
    if (from === null) return `${field}: ${cut(to)}`;
    return `${field}: ${cut(from)} → ${cut(to)}`;
  });
  return first.join(' · ') + (changes.length > MOST ? ' …' : '');
}

const LONGEST = 60;
const cut = (text: string | null): string =>
  text === null ? '–' : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;

async function entryDetail(parts: CoreParts, ctx: RouteContext, entry: AuditEntry): Promise<View> {
  const t = wordsOf(parts, ctx);
  const list = ctx.links.to('admin', BASE);
  const [line] = (await trailLines(parts, ctx, [entry])) as [TrailLine];
  const changes = auditChanges(entry);
  const title = `${line.who} ${line.text}`;
  return adminDetail({
    head: {
      title,
      text: line.place,
      breadcrumbs: [
        { label: t('core.audit.title'), href: list },
        { label: title, href: null },
      ],
    },
    main: [
      changes.length === 0
        ? { kind: 'note', title: t('core.audit.change'), text: t('core.audit.noChange') }
        : { kind: 'changes', title: t('core.audit.change'), changes },
    ],
    aside: [{ kind: 'facts', title: t('core.platform.facts'), facts: factsOf(parts, ctx, entry, line) }],
  });
}

function factsOf(parts: CoreParts, ctx: RouteContext, entry: AuditEntry, line: TrailLine): Fact[] {
  const t = wordsOf(parts, ctx);
  const list = ctx.links.to('admin', BASE);
  const { actor, subject } = entry;
  const platform = entry.platformId ? parts.tenants.platformById(entry.platformId) : undefined;
  return [
    { label: t('core.audit.when'), date: entry.occurredAt },
    {
      label: t('core.audit.who'),
      text: `${line.who} (${t(`core.audit.kind.${actor.kind}`)})`,
      href: addressOf(list, { actor: actor.name }),
    },
    ...(actor.name === line.who ? [] : [{ label: t('core.audit.account'), text: actor.name }]),
    ...(line.subjectHref === null
      ? []
      : [{ label: t('core.audit.opens'), text: line.subject, href: line.subjectHref }]),
    {
      label: t('core.audit.subject'),
      text: `${subject.type} ${subject.id}`,
      href: addressOf(list, { subjectType: subject.type, subjectId: subject.id }),
    },
    { label: t('core.audit.code'), text: entry.action, href: addressOf(list, { action: entry.action }) },
    { label: t('core.audit.platform'), text: platform?.name ?? null },
    { label: t('core.audit.request'), text: entry.requestId },
  ];
}
