import { planOf } from '../../database/migrations/ledger.js';
import type { AnyPlugin } from '../../kernel/plugin.js';

/** Names of the tables that a plugin's migrations make. */
export function ownTables({ code, migrations }: AnyPlugin): string[] {
  const statements = planOf([{ plugin: code, migrations }]).flatMap((migration) => migration.statements);
  return [
    ...new Set(
      statements.flatMap((statement) =>
        [...statement.matchAll(/\bcreate (?:unlogged )?table (?:if not exists )?"?([a-z0-9_]+)"?/gi)].map(
          (match) => match[1] as string,
        ),
      ),
    ),
  ];
}
