import { createHash } from 'node:crypto';
import type { Modules } from './bootModules.js';
import type { Contexts } from './contexts.js';
import { bringDemoContent, keyOf, readDone } from './firstContent.js';
import type { ServerParts } from './makeParts.js';
import { DEMO_LANGUAGES, DEMO_MERCHANTS } from '../tenancy/demo/demoTenants.js';
import { seedDemoTenants } from '../tenancy/demo/seedDemoTenants.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_USERS } from '../identity/demo/demoAccounts.js';
import { refuseDemoAccounts } from '../identity/demo/refuseDemoAccounts.js';
import { seedDemoUsers } from '../identity/demo/seedDemoUsers.js';

/** Changes with any of the demo data, which are then gone through once more. */
const STEP = `demo:${createHash('sha256')
  .update(JSON.stringify([DEMO_LANGUAGES, DEMO_MERCHANTS, DEMO_PASSWORD, DEMO_USERS, DEMO_CUSTOMERS]))
  .digest('hex')
  .slice(0, 16)}` as const;

/**
 * Merchants, stores, people and content to try things with. May be run any number of times.
 *
 * @param isAsked brings back what somebody removed; otherwise what was once brought to all platforms is left alone
 */
export async function bringDemo(
  parts: ServerParts,
  modules: Modules,
  contexts: Contexts,
  isAsked = true,
): Promise<void> {
  const done = await readDone(parts.database);
  const platforms = parts.tenants.platforms();
  if (isAsked || !platforms.every(({ id }) => done.has(keyOf(id, 'core', STEP)))) {
    await seedDemoTenants(parts, contexts);
    await seedDemoUsers(
      parts,
      platforms.map((platform) => contexts.forSystem('core.demo', platform)),
    );
    await parts.tenants.load();
    await writeDown(parts);
  }
  await bringDemoContent(parts, modules, contexts, done);
}

async function writeDown({ database, tenants, clock }: ServerParts): Promise<void> {
  await database.system((tx) =>
    tx.query(
      `insert into core_install (platform_id, plugin, step, installed_at)
       select platform_id, 'core', $2, $3 from unnest($1::uuid[]) platform_id on conflict do nothing`,
      [tenants.platforms().map(({ id }) => id), STEP, clock.now()],
    ),
  );
}

/** In production no account may have the password that everybody knows. */
export async function refuseDemoInProduction(parts: ServerParts): Promise<void> {
  if (parts.config.environment === 'production') await refuseDemoAccounts(parts);
}
