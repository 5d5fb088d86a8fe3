import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminForm, orForm, refused, type FormProblem, type FormValues } from '../views/adminForm.js';
import { confirmPage } from '../views/confirmPage.js';
import { wordsOf } from '../views/words.js';
import { matrixView } from './tierMatrix.js';
import { readMatrix } from './tierMatrixForm.js';
import { tierCode } from './tierRoutes.js';

const BASE = '/tiers';
const common = { surface: 'admin', kind: 'page', menu: 'tiers' } as const;
const edit = { ...common, access: 'platform-admin.tiers.edit' } as const;
const typed = z.string().max(300).default('');
const one = z.object({ code: tierCode });
/** Boxes and numbers under the codes of tiers, features and limits: read by `readMatrix`. */
const matrixInput = z.object({
  fingerprint: z.string().max(40),
  tiers: z.record(z.string().max(50), z.unknown()).default({}),
});
const VERBS = ['archive', 'restore', 'remove', 'default', 'up', 'down'] as const;
type Verb = (typeof VERBS)[number];

/** What the tiers of a platform include and bound, as a matrix; and what is done with single tiers. */
export const tierPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    access: 'platform-admin.tiers.view',
    method: 'GET',
    path: BASE,
    handle: (ctx) => matrixView(parts, ctx),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: BASE,
    input: matrixInput,
    handle: (ctx, input) =>
      orForm(
        async () => {
          const changed = await parts.tierEditor.saveMatrix(ctx, await readMatrix(parts, ctx, input));
          return changed.length === 0
            ? redirect(
                ctx.links.to('admin', BASE),
                303,
                flash(ctx, { kind: 'info', key: 'core.tiers.unchanged' }),
              )
            : back(ctx, 'core.tiers.saved', { tiers: changed.join(', ') });
        },
        (problem) => matrixView(parts, ctx, { values: input.tiers, problem }),
      ),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/new`,
    handle: (ctx) => newTier(parts, ctx, {}),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/new`,
    input: z.object({
      code: tierCode,
      name: z.string().trim().min(1, 'Enter a name.').max(100),
      like: typed,
    }),
    handle: (ctx, input) =>
      orForm(
        async () => {
          await parts.tierEditor.create(ctx, { ...input, like: input.like || null });
          return back(ctx, 'core.tiers.created', { name: input.name });
        },
        (problem) => newTier(parts, ctx, input, problem),
      ),
    invalid: (ctx, values, errors) => newTier(parts, ctx, values, refused(errors)),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/:code/edit`,
    input: one,
    handle: (ctx, { code }) => nameForm(parts, ctx, code, undefined),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/:code/edit`,
    input: one.extend({ name: z.string().trim().min(1, 'Enter a name.').max(100) }),
    handle: (ctx, { code, name }) =>
      orForm(
        async () => {
          await parts.tierEditor.rename(ctx, code, name);
          return back(ctx, 'core.tiers.renamed', { name });
        },
        (problem) => nameForm(parts, ctx, code, { values: { name }, problem }),
      ),
    invalid: (ctx, values, errors) =>
      nameForm(parts, ctx, String(values['code']), { values, problem: refused(errors) }),
  }),
  defineRoute({
    ...edit,
    method: 'GET',
    path: `${BASE}/:code/:verb`,
    input: one.extend({ verb: z.enum(['archive', 'remove', 'default']) }),
    handle: (ctx, { code, verb }) => ask(parts, ctx, code, verb),
  }),
  defineRoute({
    ...edit,
    method: 'POST',
    path: `${BASE}/:code/:verb`,
    input: one.extend({ verb: z.enum(VERBS) }),
    handle: (ctx, { code, verb }) =>
      orForm(
        () => act(parts, ctx, code, verb),
        (problem) => matrixView(parts, ctx, { values: undefined, problem }),
      ),
  }),
];

const back = (
  ctx: RouteContext,
  key: string,
  values: Readonly<Record<string, string>>,
  undo?: string,
): Redirect =>
  redirect(
    ctx.links.to('admin', BASE),
    303,
    flash(ctx, {
      kind: 'success',
      key,
      values,
      ...(undo === undefined ? {} : { undo: { action: ctx.links.to('admin', undo) } }),
    }),
  );

async function act(
  { tierEditor }: CoreParts,
  ctx: RouteContext,
  code: string,
  verb: Verb,
): Promise<Redirect> {
  switch (verb) {
    case 'archive':
      await tierEditor.archive(ctx, code);
      return back(ctx, 'core.tiers.archived', { name: code }, `${BASE}/${code}/restore`);
    case 'restore':
      await tierEditor.restore(ctx, code);
      return back(ctx, 'core.tiers.restored', { name: code }, `${BASE}/${code}/archive`);
    case 'remove':
      await tierEditor.remove(ctx, code);
      return back(ctx, 'core.tiers.removed', { name: code });
    case 'default':
      await tierEditor.makeDefault(ctx, code);
      return back(ctx, 'core.tiers.defaulted', { name: code });
    default:
      await tierEditor.move(ctx, code, verb);
      return redirect(ctx.links.to('admin', BASE));
  }
}

async function newTier(
  parts: CoreParts,
  ctx: RouteContext,
  values: FormValues,
  problem?: FormProblem,
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const tiers = await parts.tiers.list(ctx);
  return adminForm({
    head: {
      title: t('core.tiers.add'),
      text: t('core.tiers.addText'),
      breadcrumbs: [
        { label: t('core.tiers.title'), href: ctx.links.to('admin', BASE) },
        { label: t('core.tiers.add'), href: null },
      ],
    },
    action: ctx.links.to('admin', `${BASE}/new`),
    submit: t('core.tiers.add'),
    cancel: ctx.links.to('admin', BASE),
    values,
    problem,
    groups: [
      {
        fields: [
          { name: 'name', label: t('core.tiers.name'), kind: 'text', required: true, maxlength: 100 },
          {
            name: 'code',
            label: t('core.tiers.code'),
            kind: 'text',
            required: true,
            maxlength: 50,
            hint: t('core.tiers.codeHint'),
          },
          {
            name: 'like',
            label: t('core.tiers.like'),
            kind: 'select',
            options: [
              { value: '', label: t('core.tiers.likeNone') },
              ...tiers.map(({ code, name }) => ({ value: code, label: name })),
            ],
          },
        ],
      },
    ],
  });
}

async function nameForm(
  parts: CoreParts,
  ctx: RouteContext,
  code: string,
  again: { readonly values: FormValues; readonly problem: FormProblem } | undefined,
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const { name } = await parts.tierEditor.get(ctx, code);
  return adminForm({
    head: {
      title: t('core.tiers.rename'),
      breadcrumbs: [
        { label: t('core.tiers.title'), href: ctx.links.to('admin', BASE) },
        { label: name, href: null },
      ],
    },
    action: ctx.links.to('admin', `${BASE}/${code}/edit`),
    submit: t('core.form.save'),
    cancel: ctx.links.to('admin', BASE),
    values: again?.values ?? { name },
    problem: again?.problem,
    groups: [
      {
        fields: [{ name: 'name', label: t('core.tiers.name'), kind: 'text', required: true, maxlength: 100 }],
      },
    ],
  });
}

async function ask(
  parts: CoreParts,
  ctx: RouteContext,
  code: string,
  verb: 'archive' | 'remove' | 'default',
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const tier = await parts.tierEditor.get(ctx, code);
  const holders = await parts.tierEditor.holders(ctx);
  const count = verb === 'default' ? (holders.get(null) ?? 0) : (holders.get(code) ?? 0);
  return confirmPage({
    head: {
      title: t(`core.tiers.${verb}`),
      breadcrumbs: [
        { label: t('core.tiers.title'), href: ctx.links.to('admin', BASE) },
        { label: tier.name, href: null },
      ],
    },
    title: t(`core.tiers.${verb}Title`, { name: tier.name }),
    text: t(`core.tiers.${verb}Text`),
    consequences: [t(`core.tiers.${verb}Count`, { count })],
    action: ctx.links.to('admin', `${BASE}/${code}/${verb}`),
    submit: t(`core.tiers.${verb}`),
    cancel: ctx.links.to('admin', BASE),
    danger: verb === 'remove',
  });
}
