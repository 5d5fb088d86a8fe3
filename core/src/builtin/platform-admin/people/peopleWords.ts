import { LANGUAGES, type Language } from '../../../kernel/context.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { Page } from '../../../tenancy/services/pageOf.js';
import { LANGUAGE_NAMES } from '../../../render/PageFrame.js';
import type { FormField, FormProblem } from '../../views/adminForm.js';
import type { Words } from '../../views/words.js';
import type { AuthWords } from '../../core/auth/authWords.js';

/** A role as people read it: a built-in one by its translation, a custom one by its name. */
export const roleText = (t: Words, role: string, name: string | null): string =>
  name ?? (BUILT_IN.includes(role) ? t(`core.roles.${role}`) : role);

const BUILT_IN: readonly string[] = ['super_admin', 'admin', 'owner', 'manager', 'staff'];

/** Choice of a role: built-in ones first. */
export const roleOptions = (
  t: Words,
  builtIn: readonly string[],
  custom: readonly { readonly id: string; readonly name: string }[],
): { value: string; label: string }[] => [
  ...builtIn.map((code) => ({ value: code, label: t(`core.roles.${code}`) })),
  ...custom.map(({ id, name }) => ({ value: id, label: name })),
];

/** Whom, as what, in which language. */
export const invitationFields = (
  t: Words,
  roles: readonly { value: string; label: string }[],
): FormField[] => [
  { name: 'email', label: t('core.login.email'), kind: 'email', required: true, maxlength: 254 },
  ...(roles.length > 1
    ? [{ name: 'role', label: t('core.team.role'), kind: 'select' as const, options: roles }]
    : []),
  {
    name: 'language',
    label: t('core.layout.language'),
    kind: 'select',
    options: LANGUAGES.map((code: Language) => ({ value: code, label: LANGUAGE_NAMES[code] })),
    hint: t('core.team.languageHint'),
  },
];

/** What was wrong, in the person's language. */
export const worded = ({ error, fields }: AuthWords, problem: FormProblem, code = ''): FormProblem => ({
  ...problem,
  text: problem.text === null ? null : error({ code, message: problem.text }),
  errors: fields(problem.errors),
});

/** For a file: all of a list, page by page. */
export async function whole<Item>(
  isFile: boolean,
  load: (page: { page?: number; perPage?: number }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  if (!isFile) return load({});
  const items: Item[] = [];
  for (let page = 1; ; page++) {
    const found = await load({ page, perPage: 100 });
    items.push(...found.items);
    if (items.length >= found.total || found.items.length === 0)
      return { items, total: found.total, page: 1, perPage: Math.max(1, items.length) };
  }
}

export const tabsOf = (
  ctx: RouteContext,
  surface: 'admin' | 'store',
  tabs: readonly { readonly label: string; readonly path: string; readonly count?: number }[],
  current: string,
): object[] =>
  tabs.map(({ label, path, count }) => ({
    label,
    href: ctx.links.to(surface, path),
    isCurrent: path === current,
    ...(count === undefined ? {} : { count }),
  }));
