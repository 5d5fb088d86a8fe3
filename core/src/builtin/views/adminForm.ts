import type { FieldError } from '../../errors/defineError.js';
import { DomainError } from '../../errors/defineError.js';
import { sayError, sayFields } from '../../errors/saying.js';
import { view, type View } from '../../kernel/route.js';
import { headOf, type PageHead } from './adminList.js';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly text?: string | null;
}

export interface FormField {
  /** Name of its input, dotted where it is part of an object. */
  readonly name: string;
  readonly label: string;
  readonly kind:
    'text' | 'email' | 'password' | 'date' | 'number' | 'select' | 'textarea' | 'switch' | 'boxes' | 'radio';
  readonly hint?: string | null;
  readonly required?: boolean;
  /** Of `select`, `boxes` and `radio`. */
  readonly options?: readonly Choice[];
  readonly min?: number;
  readonly max?: number;
  readonly maxlength?: number;
  readonly autocomplete?: string;
  readonly readonly?: boolean;
}

export interface FormGroup {
  readonly title?: string | null;
  readonly text?: string | null;
  readonly fields: readonly FormField[];
}

/** What was typed, or stands there; by name of the field. `boxes` take a list. */
export type FormValues = Readonly<Record<string, unknown>>;

export interface FormProblem {
  readonly text: string | null;
  readonly errors: readonly FieldError[];
  readonly status: number;
}

export interface AdminForm {
  readonly head: PageHead;
  readonly groups: readonly FormGroup[];
  readonly values: FormValues;
  readonly action: string;
  readonly submit: string;
  readonly cancel?: string | null;
  /** What leaves it as it is, where ‘Cancel’ would be taken for what the form does. */
  readonly cancelText?: string | null;
  readonly problem?: FormProblem | undefined;
  readonly danger?: boolean;
  readonly steps?: readonly object[];
  readonly tabs?: readonly object[];
  readonly consequences?: readonly string[];
  readonly discard?: { readonly action: string; readonly label: string } | null;
}

/** A form as a page: what was typed stays, errors stand at their fields. */
export function adminForm(form: AdminForm): View {
  const { problem } = form;
  const names = new Set(form.groups.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const elsewhere = problem?.errors.filter(({ path }) => !names.has(fieldOf(path, names))) ?? [];
  return view(
    'core/admin-form',
    {
      head: headOf(form.head),
      tabs: form.tabs ?? [],
      steps: form.steps ?? [],
      consequences: form.consequences ?? [],
      discard: form.discard ?? null,
      problem: [problem?.text, ...elsewhere.map(({ message }) => message)].filter(Boolean).join(' ') || null,
      needsMore: problem?.status === 402,
      action: form.action,
      submit: form.submit,
      cancel: form.cancel ?? null,
      cancelText: form.cancelText ?? null,
      danger: form.danger ?? false,
      groups: groupsOf(form.groups, form.values, problem?.errors ?? []),
    },
    problem ? { status: problem.status } : {},
  );
}

/** Groups with their fields filled in. */
export const groupsOf = (
  groups: readonly FormGroup[],
  values: FormValues,
  errors: readonly FieldError[],
): object[] => {
  const names = new Set(groups.flatMap(({ fields }) => fields.map(({ name }) => name)));
  return groups.map(({ title, text, fields }) => ({
    title: title ?? null,
    text: text ?? null,
    fields: fields.map((field) => fieldView(field, values, errors, names)),
  }));
};

function fieldView(
  {
    name,
    label,
    kind,
    hint,
    required,
    options,
    min,
    max,
    maxlength,
    autocomplete,
    readonly: fixed,
  }: FormField,
  values: FormValues,
  errors: readonly FieldError[],
  names: ReadonlySet<string>,
): object {
  const value = valueAt(values, name);
  const chosen = new Set(
    Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)],
  );
  return {
    name,
    label,
    kind,
    hint: hint ?? null,
    required: required ?? false,
    readonly: fixed ?? false,
    min: min ?? null,
    max: max ?? null,
    maxlength: maxlength ?? null,
    autocomplete: autocomplete ?? null,
    value: textOf(value),
    checked: value === true || value === 'true',
    options: (options ?? []).map((option) => ({
      value: option.value,
      label: option.label,
      text: option.text ?? null,
      checked: chosen.has(option.value),
    })),
    error: errors.find(({ path }) => fieldOf(path, names) === name)?.message ?? null,
  };
}

/** The field that an error's path leads into: the nearest there is. */
function fieldOf(path: string, names: ReadonlySet<string>): string {
  let at = path;
  while (!names.has(at) && at.includes('.')) at = at.slice(0, at.lastIndexOf('.'));
  return at;
}

function valueAt(values: FormValues, name: string): unknown {
  if (Object.hasOwn(values, name)) return values[name];
  let at: unknown = values;
  for (const key of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Errors that whoever filled in a form can mend. */
const MENDABLE = new Set([400, 402, 409, 422]);

/**
 * Does what a form asks for; what its sender can mend is shown in the form again.
 *
 * @throws everything else
 */
export async function orForm<Answer, Again = View>(
  work: () => Promise<Answer>,
  again: (problem: FormProblem) => Again | Promise<Again>,
): Promise<Answer | Again> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !MENDABLE.has(error.status)) throw error;
    const errors = sayFields(error);
    return again({ text: errors.length > 0 ? null : sayError(error), errors, status: error.status });
  }
}

/** A form that its route's schema refused. */
export const refused = (errors: readonly FieldError[]): FormProblem => ({ text: null, errors, status: 422 });
