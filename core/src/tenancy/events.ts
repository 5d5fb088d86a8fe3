import { z } from 'zod';
import { defineEvent } from '../kernel/event.js';

/** A store came to a platform, or back to it; raised with the merchant and platform, not in the store. */
export const StoreJoined = defineEvent('core.store.joined', {
  version: 1,
  schema: z.object({ storeId: z.uuid() }),
});
/** A store left a platform; its data stay. */
export const StoreLeft = defineEvent('core.store.left', {
  version: 1,
  schema: z.object({ storeId: z.uuid() }),
});
