import type { Migration } from '@wizamart/core';

/** The statements by which a migration changes rows that are there. */
export function migrationData({ up }: Migration): string[] {
  const statements: string[] = [];
  const quiet = new Proxy(
    { data: (_tables: readonly string[], statement: string) => void statements.push(statement) },
    { get: (known, name) => (Reflect.get(known, name) as unknown) ?? (() => undefined) },
  );
  up(quiet as never);
  return statements;
}
