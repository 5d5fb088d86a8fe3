import { commandSearch, type CommandResult } from '../../../kernel/commands.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { fitting, rank } from './fits.js';
import { moduleCommands } from './moduleCommands.js';
import { pageCommands } from './pageCommands.js';
import { tenantCommands } from './tenantCommands.js';

export interface CommandGroup {
  /** Translation key. */
  readonly label: string;
  readonly items: readonly CommandResult[];
}

/** Results of a group; more would be a list page. */
const LIMIT = 6;
/** Below this, names in the database would nearly all fit. */
const SHORTEST_NAME = 2;

/**
 * Finds pages, platforms, merchants, stores, modules and their settings, and what modules add: only what the person
 * may see where they are.
 */
export class CommandPalette {
  constructor(private readonly parts: CoreParts) {}

  /** Groups in the order of their first source; an empty query answers the pages of the menu. */
  async search(ctx: RouteContext, query: string): Promise<readonly CommandGroup[]> {
    const asked = { query: query.trim(), fits: fitting(query), limit: LIMIT };
    const pages = await pageCommands(this.parts, ctx, asked);
    if (asked.query === '') return grouped(pages, asked.query, Infinity);
    const named = asked.query.length >= SHORTEST_NAME ? await tenantCommands(this.parts, ctx, asked) : [];
    const { results } = await this.parts.hooks.run(ctx, commandSearch, { ...asked, results: [] });
    return grouped(
      [...pages, ...named, ...results, ...moduleCommands(this.parts, ctx, asked)],
      asked.query,
      LIMIT,
    );
  }
}

function grouped(results: readonly CommandResult[], query: string, limit: number): CommandGroup[] {
  const groups = new Map<string, CommandResult[]>();
  for (const result of results) groups.set(result.group, [...(groups.get(result.group) ?? []), result]);
  return [...groups].map(([label, items]) => ({
    label,
    items:
      query === ''
        ? items
        : items
            .map((item, i) => ({ item, i, rank: rank(query, item.label) }))
            .sort((a, b) => a.rank - b.rank || a.i - b.i)
            .slice(0, limit)
            .map(({ item }) => item),
  }));
}
