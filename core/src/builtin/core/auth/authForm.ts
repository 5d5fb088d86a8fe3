import type { FieldError } from '../../../errors/defineError.js';
import { DomainError } from '../../../errors/defineError.js';
import { sayFields } from '../../../errors/saying.js';
import { view, type Redirect, type View } from '../../../kernel/route.js';

interface AuthField {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly value?: string;
  readonly hint?: string | null;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  readonly readonly?: boolean;
}

/** A page beside signing in; what the template `core/auth-form` needs. */
export interface AuthFormView {
  readonly title: string;
  readonly text?: string | null;
  readonly facts?: readonly { readonly label: string; readonly text: string }[];
  readonly notice?: { readonly kind: 'info' | 'success' | 'warning' | 'error'; readonly text: string } | null;
  /** Null: there is nothing to fill in. */
  readonly form: {
    readonly action: string;
    readonly submit: string;
    readonly hidden?: readonly { readonly name: string; readonly value: string }[];
    readonly fields: readonly AuthField[];
  } | null;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

export interface AuthProblem {
  readonly text: string | null;
  readonly errors: readonly FieldError[];
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

/** Never kept by a browser: the address may carry a token, the form a password. */
export function authForm(shown: AuthFormView, problem?: AuthProblem): View {
  const errorOf = (name: string): string | null =>
    problem?.errors.find(({ path }) => path === name)?.message ?? null;
  const retry = problem?.retryAfterSeconds;
  return view(
    'core/auth-form',
    {
      title: shown.title,
      text: shown.text ?? null,
      facts: shown.facts ?? [],
      notice: shown.notice ?? null,
      problem: problem?.text ?? null,
      links: shown.links ?? [],
      form: shown.form && {
        action: shown.form.action,
        submit: shown.form.submit,
        hidden: shown.form.hidden ?? [],
        fields: shown.form.fields.map((field) => ({
          type: 'text',
          value: '',
          hint: null,
          autocomplete: null,
          inputmode: null,
          readonly: false,
          ...field,
          error: errorOf(field.name),
        })),
      },
    },
    {
      ...(problem ? { status: problem.status } : {}),
      headers: {
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        ...(retry === undefined ? {} : { 'retry-after': String(Math.ceil(retry)) }),
      },
    },
  );
}

/** Says what failed in the person's language; codes without words of their own say what the error says. */
export type ErrorWords = (error: {
  readonly code: string;
  readonly message: string;
  readonly data?: object;
}) => string;

/** Does what a form asks for; an expected failure is shown in the form again. */
export async function orAgain(
  words: ErrorWords,
  work: () => Promise<View | Redirect>,
  again: (problem: AuthProblem) => View,
): Promise<View | Redirect> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.status >= 500) throw error;
    return again({
      text: error.errors && error.errors.length > 0 ? null : words(error),
      errors: sayFields(error),
      status: error.status,
      retryAfterSeconds: error.retryAfterSeconds,
    });
  }
}
