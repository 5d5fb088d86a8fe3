import { Conflict } from '../errors/common.js';

/**
 * Turns a broken unique key into words for whoever typed the value.
 *
 * @param taken name of the key → what to say
 */
export function takenInstead(taken: Readonly<Record<string, string>>): (error: unknown) => never {
  return (error) => {
    const { code, constraint } = error as { code?: string; constraint?: string };
    const reason = code === '23505' && constraint ? taken[constraint] : undefined;
    if (reason === undefined) throw error;
    throw Object.assign(new Conflict({ reason }), { cause: error });
  };
}
