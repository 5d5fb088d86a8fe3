import { type FieldError, z } from '@wizamart/core';
import { text } from '../blocks/fields.js';
import type { FormBlock, FormField } from './formBlock.js';
import type { FormAnswer } from './FormEntryRow.js';

const LONGEST: Readonly<Record<'text' | 'textarea', number>> = { text: 200, textarea: 5_000 };
/** What a ticked box sends. */
export const TICKED = 'yes';
const email = z.email('Enter an e-mail address, for example name@example.org.').max(254);

export type SentValues = Readonly<Record<string, string>>;

/** Name of an input in the page: by its position, since labels are words of a tenant. */
export const inputName = (index: number): string => `f${index}`;

export interface ReadAnswers {
  readonly answers: readonly FormAnswer[];
  /** Of the first input for an e-mail address that is filled in. */
  readonly email: string | null;
  readonly errors: readonly FieldError[];
}

/** Checks what was sent against the form; errors carry the name of the input and are translation keys. */
export function readAnswers(form: FormBlock, sent: SentValues): ReadAnswers {
  const errors: FieldError[] = [];
  let address: string | null = null;
  const answers = form.fields.map((field, index): FormAnswer => {
    const name = inputName(index);
    const value = (sent[name] ?? '').replaceAll('\r\n', '\n').trim();
    const problem = problemOf(field, value);
    if (problem !== undefined) errors.push({ path: name, message: problem });
    else if (field.input === 'email' && value !== '') address ??= value.toLowerCase();
    return { label: field.label, value };
  });
  return { answers, email: address, errors };
}

function problemOf({ input, required, options }: FormField, value: string): string | undefined {
  if (value === '')
    return required || input === 'consent'
      ? `cms.form.error.${input === 'consent' ? 'consent' : 'needed'}`
      : undefined;
  switch (input) {
    case 'email':
      return email.safeParse(value).success ? undefined : 'cms.form.error.email';
    case 'select':
      return options?.includes(value) ? undefined : 'cms.form.error.choice';
    case 'checkbox':
    case 'consent':
      return value === TICKED ? undefined : 'cms.form.error.choice';
    case 'text':
    case 'textarea': {
      if (value.length > LONGEST[input]) return 'cms.form.error.long';
      return text(LONGEST[input]).safeParse(value).success ? undefined : 'cms.form.error.characters';
    }
  }
}
