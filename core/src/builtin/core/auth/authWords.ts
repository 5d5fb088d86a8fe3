import type { FieldError } from '../../../errors/defineError.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { wordsOf, type Words } from '../../views/words.js';
import type { ErrorWords } from './authForm.js';

/** Texts of pages beside signing in, and of what can go wrong there. */
export interface AuthWords {
  readonly t: Words;
  readonly error: ErrorWords;
  /** One sentence per field that says what it must be like; in place of the schema's English. */
  readonly fields: (errors: readonly FieldError[]) => readonly FieldError[];
}

type Parts = Pick<CoreParts, 'translator' | 'people'>;

export function authWords(parts: Parts, ctx: RouteContext): AuthWords {
  const t = wordsOf(parts, ctx);
  const words = parts.translator.words(ctx.language, ctx.platform.defaultLanguage);
  return {
    t,
    error: ({ code, message, data }) => words.ofCode(code, data) ?? message,
    fields: (errors) =>
      errors.map(({ path, message }) => {
        const key = `core.people.invalid.${path}`;
        return {
          path,
          message: words.has(key) ? t(key, { count: parts.people.passwordPolicy.minLength }) : message,
        };
      }),
  };
}
