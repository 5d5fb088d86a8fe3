import { defineHook } from './hook.js';

/** Where who works in a store gets more than the tier gives. */
export interface UpgradePath {
  /** Below the root of the store's dashboard; null: nobody sells it, or not to this person. */
  readonly path: string | null;
}

/** Lets the module that sells tiers say where; asked for every page of a store's dashboard, so without a query. */
export const upgradePath = defineHook<UpgradePath>('core.upgradePath');
