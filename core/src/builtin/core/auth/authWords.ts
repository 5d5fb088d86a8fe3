import type { FieldError } from '../../../errors/defineError.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { wordsOf, type Words } from '../../views/words.js';

/** Texts of pages beside signing in, and of what can go wrong there. */
export interface AuthWords {
  readonly t: Words;
  readonly error: (error: { readonly code: string; readonly message: string }) => string;
  /** One sentence per field that says what it must be like; in place of the schema's English. */
  readonly fields: (errors: readonly FieldError[]) => readonly FieldError[];
}

type Parts = Pick<CoreParts, 'translator' | 'people'>;

export function authWords(parts: Parts, ctx: RouteContext): AuthWords {
  const t = wordsOf(parts, ctx);
  const has = (key: string): boolean =>
    parts.translator.words(ctx.language, ctx.platform.defaultLanguage).has(key);
  return {
    t,
    error: ({ code, message }) => {
      const key = `core.errors.${code}`;
      return has(key) ? t(key) : message;
    },
    fields: (errors) =>
      errors.map(({ path, message }) => {
        const key = `core.people.invalid.${path}`;
        return {
          path,
          message: has(key) ? t(key, { count: parts.people.passwordPolicy.minLength }) : message,
        };
      }),
  };
}
