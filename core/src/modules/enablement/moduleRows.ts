import type { Transaction } from '../../database/unitOfWork.js';
import { NotFound } from '../../errors/common.js';
import type { PlatformModuleRows } from './ModuleStates.js';

const SELECT = `select p.id as "platformId", p.code, p.host, p.revision::int as revision,
  coalesce((select jsonb_agg(jsonb_build_object('module', m.module, 'isEnabled', m.is_enabled, 'config', m.config))
    from core_platform_module m where m.platform_id = p.id), '[]'::jsonb) as rows
  from core_platform p`;

/**
 * One platform's module rows with its revision.
 *
 * @param lock keeps other changes of the platform's modules waiting until the transaction ends
 */
export async function readPlatformModules(
  tx: Transaction,
  platformId: string,
  lock?: 'lock',
): Promise<PlatformModuleRows> {
  // Locked first and read after, so that the rows are those of the revision that the lock was granted at.
  if (lock) await tx.query('select 1 from core_platform where id = $1 for update', [platformId]);
  const [row] = await tx.query<PlatformModuleRows & Record<string, unknown>>(`${SELECT} where p.id = $1`, [
    platformId,
  ]);
  if (!row) throw new NotFound({ what: 'This platform' });
  return row;
}

/** Every platform's module rows; as `app_system`. */
export function readAllPlatformModules(tx: Transaction): Promise<PlatformModuleRows[]> {
  return tx.query<PlatformModuleRows & Record<string, unknown>>(`${SELECT} order by p.code`);
}

/** Platform id and revision only: what the safety poll compares. */
export function readRevisions(tx: Transaction): Promise<{ id: string; revision: number }[]> {
  return tx.query('select id, revision::int as revision from core_platform');
}
