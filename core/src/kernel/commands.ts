import { defineHook } from './hook.js';

/** One thing that a search in the dashboards finds. */
export interface CommandResult {
  /** Translation key of the heading it stands under. */
  readonly group: string;
  /** What it is called; plain text in the language of the request. */
  readonly label: string;
  /** A second line, such as an address; left out: none. */
  readonly detail?: string;
  /** Page it leads to, below the root of the surface of the request. */
  readonly path: string;
  /** Name of an icon of the set in templates. */
  readonly icon: string;
}

/** A search in the admin or in a store's dashboard, as the command palette asks for it. */
export interface CommandSearch {
  /** What was typed, trimmed; never empty. */
  readonly query: string;
  /** Whether a text fits what was typed: each word is somewhere in it, whatever its case and accents. */
  readonly fits: (text: string) => boolean;
  /** How many results of a group are shown. */
  readonly limit: number;
  readonly results: readonly CommandResult[];
}

/**
 * Lets modules find their own things in the command palette.
 *
 * A tap sees the tenant, the surface and the person of `ctx` and adds only what they may see there; it checks the
 * permission itself (`ctx.actor.permissions`).
 */
export const commandSearch = defineHook<CommandSearch>('core.commandSearch');
