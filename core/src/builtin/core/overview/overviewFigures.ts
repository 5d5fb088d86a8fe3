import type { RouteContext } from '../../../kernel/route.js';
import { countPeople, type PeopleCounts } from '../../../tenancy/countPeople.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { numberFormat } from '../../../render/intlFormats.js';
import { may, wordsOf } from '../../views/words.js';
import type { CoreParts } from '../CoreParts.js';

/** A key figure as the partial `figures` takes it. */
export interface FigureView {
  readonly label: string;
  readonly value: string;
  readonly detail: string | null;
  readonly address: string | null;
}

interface Counts extends PeopleCounts {
  readonly failedJobs: number;
  readonly nodes: number;
}

const WORK = `select
  (select count(*)::int from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and ($1::text is null or payload->>'platformId' = $1)) as "failedJobs",
  (select count(*)::int from core_node where seen_at > $2) as nodes`;

/** What an administrator looks at first: of one platform, or of the whole installation. */
export async function overviewFigures(parts: CoreParts, ctx: RouteContext): Promise<FigureView[]> {
  const isGlobal = isGlobalPlatform(ctx.platform);
  if (isGlobal && !(ctx.actor.kind === 'user' && ctx.actor.isSuperAdmin)) return [];
  const counts = await count(parts, ctx, isGlobal ? null : ctx.platform.id);
  const words = wordsOf(parts, ctx);
  const number = numberFormat(ctx.language, 'decimal', undefined);
  const figure = (
    code: string,
    value: number,
    path: string | null,
    detail: string | null = null,
  ): FigureView => ({
    label: words(`core.overview.${code}`),
    value: number.format(value),
    detail,
    address: path === null ? null : ctx.links.to('admin', path),
  });
  const modules = isGlobal ? undefined : parts.modules.list(ctx).modules;
  return [
    ...(isGlobal ? [figure('platforms', parts.tenants.platforms().length, '/platforms')] : []),
    ...(may(ctx, 'platform-admin.merchants.view')
      ? [figure('merchants', counts.merchants, '/merchants')]
      : []),
    ...(may(ctx, 'platform-admin.stores.view') ? [figure('stores', counts.stores, '/stores')] : []),
    ...(modules && may(ctx, 'platform-admin.modules.view')
      ? [
          figure(
            'modules',
            modules.filter(({ isOn }) => isOn).length,
            '/modules',
            words('core.overview.ofModules', { all: modules.length }),
          ),
        ]
      : []),
    ...(may(ctx, 'core.jobs.view')
      ? [
          figure(
            'failedJobs',
            counts.failedJobs,
            isGlobal ? null : '/jobs',
            words('core.overview.nodes', { count: counts.nodes }),
          ),
        ]
      : []),
  ];
}

async function count({ database }: CoreParts, ctx: RouteContext, platformId: string | null): Promise<Counts> {
  const [people, [work]] = await Promise.all([
    countPeople(database, ctx, platformId),
    database.system((tx) =>
      tx.query<{ failedJobs: number; nodes: number }>(WORK, [
        platformId,
        new Date(ctx.now.getTime() - 60_000),
      ]),
    ),
  ]);
  return { failedJobs: 0, nodes: 0, ...people, ...work };
}
