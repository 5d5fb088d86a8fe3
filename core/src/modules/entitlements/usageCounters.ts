import type { InTransaction } from '../../database/InTransaction.js';
import type { TenantContext } from '../../kernel/context.js';
import type { Statement } from '../../database/unitOfWork.js';
import type { UsageMonth } from './usageMonth.js';

interface Counter {
  readonly code: string;
  readonly merchantId: string;
  readonly month: UsageMonth;
}

const USED: Statement = {
  name: 'core_usage_used',
  text: 'select used from core_usage_counter where merchant_id = $1 and platform_id = $2 and code = $3 and period_start = $4',
};
const COUNT: Statement = {
  name: 'core_usage_count',
  text: `insert into core_usage_counter (merchant_id, platform_id, code, period_start, used) values ($1, $2, $3, $4, $5)
    on conflict (merchant_id, platform_id, code, period_start) do update set used = core_usage_counter.used + excluded.used
    returning used`,
};

/** What is used in a month so far. */
export async function usedIn(ctx: InTransaction, counter: Counter): Promise<number> {
  const [row] = await ctx.tx.query<{ used: number }>(USED, keyOf(ctx, counter));
  return row?.used ?? 0;
}

/** Counts up. @returns what is used then */
export async function countUse(ctx: InTransaction, counter: Counter, amount: number): Promise<number> {
  const [row] = await ctx.tx.query<{ used: number }>(COUNT, [...keyOf(ctx, counter), amount]);
  return (row as { used: number }).used;
}

const keyOf = (ctx: TenantContext, { merchantId, code, month }: Counter): unknown[] => [
  merchantId,
  ctx.platform.id,
  code,
  month.start,
];
