import type { Modules } from './bootModules.js';
import type { Contexts } from './contexts.js';
import { bringDemoContent } from './firstContent.js';
import type { ServerParts } from './makeParts.js';
import { seedDemoTenants } from '../tenancy/demo/seedDemoTenants.js';
import { refuseDemoAccounts } from '../identity/demo/refuseDemoAccounts.js';
import { seedDemoUsers } from '../identity/demo/seedDemoUsers.js';

/** Merchants, stores, people and content to try things with. May be run any number of times. */
export async function bringDemo(parts: ServerParts, modules: Modules, contexts: Contexts): Promise<void> {
  await seedDemoTenants(parts, contexts);
  await seedDemoUsers(
    parts,
    parts.tenants.platforms().map((platform) => contexts.forSystem('core.demo', platform)),
  );
  await parts.tenants.load();
  await bringDemoContent(parts, modules, contexts);
}

/** In production no account may have the password that everybody knows. */
export async function refuseDemoInProduction(parts: ServerParts): Promise<void> {
  if (parts.config.environment === 'production') await refuseDemoAccounts(parts);
}
