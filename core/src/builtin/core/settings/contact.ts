import type { z } from 'zod';
import type { Store } from '../../../tenancy/models/Store.js';
import { storeContact } from '../../../tenancy/tenantInputs.js';

export type StoreContact = z.output<typeof storeContact>;

/** How a store is reached by its customers; empty texts for what is not known. */
export const contactOf = ({ settings }: Pick<Store, 'settings'>): StoreContact =>
  storeContact.safeParse(settings['contact'] ?? {}).data ?? storeContact.parse({});
