import type { Modules } from './bootModules.js';
import type { Contexts } from './contexts.js';
import { bringDemoContent } from './firstContent.js';
import type { ServerParts } from './makeParts.js';
import { seedDemoTenants } from '../tenancy/demo/seedDemoTenants.js';
import { refuseDemoAccounts, seedDemoUsers } from '../identity/demo/demoUsers.js';

/** Merchants, stores, people and content to try things with. May be run any number of times. */
export async function bringDemo(parts: ServerParts, modules: Modules, contexts: Contexts): Promise<void> {
  await seedDemoTenants(parts, contexts);
  await seedDemoUsers(parts);
  await parts.tenants.load();
  await bringDemoContent(parts, modules, contexts);
}

/** In production no account may have the password that everybody knows. */
export async function refuseDemoInProduction(parts: ServerParts): Promise<void> {
  if (parts.config.environment === 'production') await refuseDemoAccounts(parts);
}
