import type { FieldError, TenantContext } from '@wizamart/core';
import { pathOf } from '../services/PageMenu.js';
import { inputName, type SentValues, TICKED } from './formAnswers.js';
import type { FormBlock } from './formBlock.js';
import { formKey, type FormGuard } from './FormGuard.js';

/** What became of a form that a visitor sent. */
export interface SentForm {
  readonly key: string;
  readonly isDone: boolean;
  readonly values: SentValues;
  readonly errors: readonly FieldError[];
  /** Translation key of why nothing was kept. */
  readonly problem: string | null;
}

/** What the template `block-form` needs beside the block. */
export function formView(
  ctx: TenantContext,
  guard: FormGuard,
  slug: string,
  form: FormBlock,
  sent: SentForm | undefined,
): Readonly<Record<string, unknown>> & { readonly type: string } {
  const key = formKey(form);
  const mine = sent?.key === key ? sent : undefined;
  return {
    ...form,
    key,
    stamp: guard.stamp(ctx, key),
    action: `${ctx.links.to(ctx.store ? 'storefront' : 'platform', pathOf(slug))}#form-${key}`,
    isDone: mine?.isDone ?? false,
    problem: mine?.problem ?? null,
    inputs: form.fields.map((field, index) => {
      const name = inputName(index);
      const value = mine?.values[name] ?? '';
      return {
        name: `fields.${name}`,
        id: `form-${key}-${name}`,
        input: field.input,
        label: field.label,
        required: field.required === true || field.input === 'consent',
        value,
        ticked: value === TICKED,
        error: mine?.errors.find(({ path }) => path === name)?.message ?? null,
        options: (field.options ?? []).map((option) => ({ option, selected: option === value })),
      };
    }),
  };
}
