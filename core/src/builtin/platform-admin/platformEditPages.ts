import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../views/adminForm.js';
import { isSuperAdmin, wordsOf } from '../views/words.js';
import { languageFields } from './languageFields.js';

const typed = z.string().max(300).default('');
const several = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string()).default([]),
);
const editInput = z.object({
  name: typed,
  domain: typed,
  defaultLanguage: typed,
  languages: several,
  contactEmail: typed,
});

/** Changes a platform's name, languages and contact; its domain for super admins. */
export const platformEditPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platform/edit',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    handle: async (ctx) => {
      const platform = await parts.platforms.get(ctx);
      return editForm(parts, ctx, {
        ...platform,
        domain: platform.domain ?? '',
        contactEmail: platform.settings['contactEmail'] ?? '',
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/platform/edit',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.platforms.edit',
    menu: 'platform',
    input: editInput,
    handle: (ctx, { domain, contactEmail, ...input }) =>
      orForm(
        async () => {
          await parts.platforms.update(ctx, {
            name: input.name,
            languages: input.languages as never,
            defaultLanguage: input.defaultLanguage as never,
            contactEmail: contactEmail.trim() === '' ? null : contactEmail.trim(),
            // The address of a platform is the provider's: its administrators do not see the field.
            ...(isSuperAdmin(ctx) ? { domain: domain.trim() === '' ? null : domain } : {}),
          });
          return redirect(
            ctx.links.to('admin', '/platform'),
            303,
            flash(ctx, { kind: 'success', key: 'core.form.saved' }),
          );
        },
        (problem) => editForm(parts, ctx, { ...input, domain, contactEmail }, problem),
      ),
    invalid: (ctx, values, errors) => editForm(parts, ctx, values, refused(errors)),
  }),
];

function editForm(parts: CoreParts, ctx: RouteContext, values: FormValues, problem?: FormProblem): View {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', '/platform');
  return adminForm({
    head: {
      title: t('core.platform.edit'),
      breadcrumbs: [
        { label: ctx.platform.name, href: address },
        { label: t('core.platform.edit'), href: null },
      ],
    },
    action: `${address}/edit`,
    submit: t('core.form.save'),
    cancel: address,
    values,
    problem,
    groups: [
      {
        fields: [
          { name: 'name', label: t('core.platforms.name'), kind: 'text', required: true, maxlength: 100 },
          ...(isSuperAdmin(ctx)
            ? [
                {
                  name: 'domain',
                  label: t('core.platforms.domain'),
                  kind: 'text' as const,
                  hint: t('core.platform.domainHint'),
                },
              ]
            : []),
          {
            name: 'contactEmail',
            label: t('core.platform.contactEmail'),
            kind: 'email',
            hint: t('core.platform.contactEmailHint'),
            autocomplete: 'off',
          },
          ...languageFields(t),
        ],
      },
    ],
  });
}
