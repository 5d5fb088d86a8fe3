import type { TenantContext } from '../kernel/context.js';
import type { Transaction } from '../database/unitOfWork.js';

let counter = 0;

/**
 * Runs work so that its failure undoes only its own writes; without a transaction just runs it.
 *
 * Afterwards the work's transaction refuses further use: work that was given up on (a time limit) cannot write
 * into what follows.
 */
export async function inSavepoint<Result>(
  ctx: TenantContext,
  work: (ctx: TenantContext) => Promise<Result>,
): Promise<Result> {
  const { tx } = ctx;
  if (!tx) return work(ctx);
  const name = `skippable_${++counter}`;
  const lease = revocable(tx);
  await tx.query(`SAVEPOINT ${name}`);
  try {
    const result = await work({ ...ctx, tx: lease.tx });
    lease.revoke();
    await tx.query(`RELEASE SAVEPOINT ${name}`);
    return result;
  } catch (error) {
    lease.revoke();
    await tx.query(`ROLLBACK TO SAVEPOINT ${name}`);
    throw error;
  }
}

function revocable(tx: Transaction): { readonly tx: Transaction; revoke(): void } {
  const { proxy, revoke } = Proxy.revocable(tx, {
    // Bound to the original: its private fields are not reachable through a proxy.
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
  return { tx: proxy, revoke };
}
