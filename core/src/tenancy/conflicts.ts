import { Conflict } from '../errors/common.js';

/**
 * Turns a broken unique key into words for whoever typed the value.
 *
 * @param taken name of the key → what to say
 */
export function takenInstead(taken: Readonly<Record<string, string>>): (error: unknown) => never {
  return (error) => {
    // objection wraps the driver's error, raw queries do not.
    const { code, constraint } = ((error as { nativeError?: object }).nativeError ?? error) as {
      code?: string;
      constraint?: string;
    };
    const reason = code === '23505' && constraint ? taken[constraint] : undefined;
    if (reason === undefined) throw error;
    throw Object.assign(new Conflict({ reason }), { cause: error });
  };
}
