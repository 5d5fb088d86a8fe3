import type { TenantContext } from '../kernel/context.js';
import type { Transaction } from './unitOfWork.js';

/** A context inside a unit of work. */
export type InTransaction<Context extends TenantContext = TenantContext> = Context & {
  readonly tx: Transaction;
};
