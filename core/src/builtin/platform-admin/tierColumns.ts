import { defineHook } from '../../kernel/hook.js';

/** What a module says of one tier in a line of the page of tiers, such as its price. */
interface TierCell {
  /** In the language of the request; plain text. */
  readonly text: string;
  /** Below the root of the administration; left out: no link. */
  readonly path?: string;
}

/** A line above the features, with a cell for each tier that the module has something to say of. */
export interface TierLine {
  /** In the language of the request. */
  readonly label: string;
  /** Code of a tier → its cell. */
  readonly cells: Readonly<Record<string, TierCell>>;
}

export interface TierColumns {
  /** Codes of the tiers that are shown, ascending. */
  readonly tiers: readonly string[];
  readonly lines: readonly TierLine[];
  /** Links beside the page's title; `path` below the root of the administration. */
  readonly links: readonly { readonly label: string; readonly path: string; readonly symbol: string }[];
}

/** Lets modules say more of tiers on the page of tiers and features; runs in its request. */
export const tierColumns = defineHook<TierColumns>('core.tierColumns');
