import { type FieldError, InvalidInput, type Language, type TenantContext, tryInput } from '@wizamart/core';
import { differ } from '../services/applyChanges.js';
import type { Translations } from '../types.js';
import { type Block, isForeign, OWN_TYPES } from './schemas.js';

/**
 * Checks the blocks that other modules bring, by the schema that the module declares.
 *
 * A block whose module is off may stay as it was; it can be neither added nor changed.
 *
 * @param plain language whose errors are found below `body`, others below `translations.{language}.body`
 * @returns the texts with what the schemas made of the blocks
 * @throws {InvalidInput} for unknown kinds, with those that there are
 */
export function checkForeign(
  ctx: TenantContext,
  texts: Translations,
  before: Translations,
  plain: Language,
): Translations {
  const kept = Object.values(before).flatMap(({ body }) => body.filter((block) => isForeign(block)));
  const errors: FieldError[] = [];
  const checked = Object.entries(texts).map(([language, text]) => {
    const path = `${language === plain ? '' : `translations.${language}.`}body`;
    const body = text.body.map((block, index) => {
      const result = isForeign(block) ? checkOne(ctx, block, kept) : { block, errors: [] };
      errors.push(
        ...result.errors.map((error) => ({
          ...error,
          path: [path, index, error.path].filter((part) => part !== '').join('.'),
        })),
      );
      return result.block;
    });
    return [language, { ...text, body }];
  });
  if (errors.length > 0) throw new InvalidInput({ errors });
  return Object.fromEntries(checked) as Translations;
}

/** Kinds of block that modules bring that are on for the platform of `ctx`. */
export const typesOfModules = (ctx: TenantContext): string[] =>
  [...(ctx.snapshot.blocks?.keys() ?? [])].filter((type) => !OWN_TYPES.has(type)).sort();

function checkOne(
  ctx: TenantContext,
  block: Block,
  kept: readonly Block[],
): { readonly block: Block; readonly errors: FieldError[] } {
  const { type, ...data } = block as { readonly type: string };
  const definition = ctx.snapshot.blocks?.get(type);
  if (definition) {
    const checked = tryInput(definition.schema, data);
    return 'data' in checked
      ? { block: { ...(checked.data as object), type } as Block, errors: [] }
      : { block, errors: [...checked.errors] };
  }
  if (kept.some((one) => !differ(one, block))) return { block, errors: [] };
  const known = [...OWN_TYPES, ...typesOfModules(ctx)].sort().join(', ');
  return {
    block,
    errors: [{ path: 'type', message: `There is no kind of block '${type}' here. There are: ${known}.` }],
  };
}
