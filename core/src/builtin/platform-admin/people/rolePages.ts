import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import type { CustomRoles } from '../../../identity/roles/CustomRoles.js';
import { plainName } from '../../../identity/plainName.js';
import { permissionMatrix } from '../../../identity/roles/permissionMatrix.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { authWords } from '../../core/auth/authWords.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminForm, orForm, type FormProblem } from '../../views/adminForm.js';
import { headOf, type RowAction } from '../../views/adminList.js';
import { may } from '../../views/words.js';
import { moduleTexts } from '../modules/moduleTexts.js';
import { worded } from './peopleWords.js';

/** Whose roles, where, and who may change them. */
export interface RolePlace {
  readonly surface: 'admin' | 'store';
  /** Path of the page. */
  readonly base: string;
  readonly menu: string;
  readonly view: string;
  readonly edit: string;
  readonly roles: CustomRoles;
  readonly tabs: (ctx: RouteContext) => object[];
}

const nameForm = z.object({ name: z.string().trim().max(80).default('') });
const roleId = z.object({ roleId: z.uuid() });
const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const matrixForm = z.object({
  roles: several.default([]),
  grants: z.record(z.string(), several).default({}),
});

/** The permission matrix with its custom roles: make, rename, duplicate, delete, and what each holds. */
export function rolePages(parts: CoreParts, place: RolePlace): RouteDefinition[] {
  const { surface, base, roles } = place;
  const common = { surface, kind: 'page', menu: place.menu } as const;
  const edit = { ...common, access: place.edit } as const;
  const here = (ctx: RouteContext): string => ctx.links.to(surface, base);
  const done = (ctx: RouteContext, key: string) =>
    redirect(here(ctx), 303, flash(ctx, { kind: 'success', key }));
  const form = (ctx: RouteContext, path: string, key: string, name: string, problem?: FormProblem): View => {
    const words = authWords(parts, ctx);
    const { t } = words;
    return adminForm({
      head: {
        title: t(`core.roles.${key}`),
        breadcrumbs: [
          { label: t('core.roles.title'), href: here(ctx) },
          { label: t(`core.roles.${key}`), href: null },
        ],
      },
      action: ctx.links.to(surface, `${base}${path}`),
      submit: t(`core.roles.${key}`),
      cancel: here(ctx),
      values: { name },
      problem: problem && { ...worded(words, problem, 'ROLE_NAME_TAKEN'), errors: problem.errors },
      groups: [
        {
          fields: [
            { name: 'name', label: t('core.roles.name'), kind: 'text', required: true, maxlength: 80 },
          ],
        },
      ],
    });
  };
  const named = (name: string) => z.string().min(1).parse(name);
  return [
    defineRoute({
      ...common,
      access: place.view,
      method: 'GET',
      path: base,
      handle: (ctx) => matrixPage(parts, ctx, place),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: base,
      input: matrixForm,
      handle: (ctx, input) =>
        orForm(
          async () => {
            await save(ctx, roles, input);
            return done(ctx, 'core.people.saved');
          },
          (problem) => matrixPage(parts, ctx, place, problem.text ?? undefined, problem.status),
        ),
    }),
    defineRoute({
      ...edit,
      method: 'GET',
      path: `${base}/new`,
      handle: (ctx) => form(ctx, '/new', 'create', ''),
    }),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${base}/new`,
      input: nameForm.extend({ name: plainName(80).min(1) }),
      handle: (ctx, { name }) =>
        orForm(
          async () => {
            await roles.create(ctx, { name });
            return done(ctx, 'core.roles.created');
          },
          (problem) => form(ctx, '/new', 'create', name, problem),
        ),
      invalid: (ctx, values, errors) =>
        form(ctx, '/new', 'create', String(values['name'] ?? ''), { text: null, errors, status: 422 }),
    }),
    ...(['rename', 'duplicate'] as const).flatMap((what) => [
      defineRoute({
        ...edit,
        method: 'GET',
        path: `${base}/:roleId/${what}`,
        input: roleId,
        handle: async (ctx, { roleId: id }) => {
          const { name } = await roles.get(ctx, id);
          const { t } = authWords(parts, ctx);
          return form(
            ctx,
            `/${id}/${what}`,
            what,
            what === 'rename' ? name : t('core.roles.copyOf', { name }),
          );
        },
      }),
      defineRoute({
        ...edit,
        method: 'POST',
        path: `${base}/:roleId/${what}`,
        input: roleId.extend({ name: plainName(80).min(1) }),
        handle: (ctx, { roleId: id, name }) =>
          orForm(
            async () => {
              await roles[what](ctx, id, named(name));
              return done(ctx, 'core.people.saved');
            },
            (problem) => form(ctx, `/${id}/${what}`, what, name, problem),
          ),
        invalid: (ctx, values, errors) =>
          form(ctx, `/${String(values['roleId'])}/${what}`, what, String(values['name'] ?? ''), {
            text: null,
            errors,
            status: 422,
          }),
      }),
    ]),
    defineRoute({
      ...edit,
      method: 'POST',
      path: `${base}/:roleId/delete`,
      input: roleId,
      handle: (ctx, { roleId: id }) =>
        orForm(
          async () => {
            await roles.remove(ctx, id);
            return done(ctx, 'core.roles.deleted');
          },
          (problem) => matrixPage(parts, ctx, place, problem.text ?? undefined, problem.status),
        ),
    }),
  ];
}

/** Boxes that the sender could not tick are not sent: what they say stays as it is. */
async function save(
  ctx: RouteContext,
  roles: CustomRoles,
  { roles: shown, grants }: z.output<typeof matrixForm>,
): Promise<void> {
  const known = await roles.list(ctx);
  const { groups } = permissionMatrix(ctx, roles.audience, known);
  const wanted = new Map<string, string[]>();
  for (const role of known.filter(({ id }) => shown.includes(id))) {
    const ticked = new Set(grants[role.id] ?? []);
    wanted.set(
      role.id,
      groups.flatMap(({ rows }) =>
        rows
          .filter(({ permission, isReserved, cells }) => {
            const cell = cells.find(({ roleId: id }) => id === role.id);
            if (isReserved || !cell) return false;
            return cell.isLocked ? cell.isOn : ticked.has(permission);
          })
          .map(({ permission }) => permission),
      ),
    );
  }
  await roles.setPermissions(ctx, wanted);
}

async function matrixPage(
  parts: CoreParts,
  ctx: RouteContext,
  place: RolePlace,
  problem?: string,
  status = 200,
): Promise<View> {
  const { t } = authWords(parts, ctx);
  const texts = moduleTexts(parts, ctx);
  const { surface, base, roles } = place;
  const list = await roles.list(ctx);
  const { columns, groups } = permissionMatrix(ctx, roles.audience, list);
  const mayEdit = may(ctx, place.edit) && !(ctx.actor.kind === 'user' && ctx.actor.impersonator);
  const at = (id: string, what: string): string => ctx.links.to(surface, `${base}/${id}/${what}`);
  const names = new Map(columns.map(({ id, name }) => [id, name ?? t(`core.roles.${id}`)]));
  return view(
    'core/role-matrix',
    {
      head: headOf({
        title: t('core.roles.title'),
        text: t('core.roles.text'),
        ...(mayEdit
          ? { link: ctx.links.to(surface, `${base}/new`), linkText: t('core.roles.create'), symbol: 'plus' }
          : {}),
      }),
      tabs: place.tabs(ctx),
      problem: problem ?? null,
      action: ctx.links.to(surface, base),
      mayEdit: mayEdit && list.length > 0,
      roleIds: list.map(({ id }) => id),
      columns: [...names.values()],
      width: names.size + 1,
      hasReserved: groups.some(({ rows }) => rows.some(({ isReserved }) => isReserved)),
      groups: groups.map(({ module, rows }) => ({
        name: texts.name(module),
        rows: rows.map(({ permission, label, isReserved, cells }) => ({
          permission,
          label: t(label),
          isReserved,
          cells: cells.map((cell) => ({
            ...cell,
            isLocked: cell.isLocked || !mayEdit,
            label: `${t(label)}: ${names.get(cell.roleId) ?? ''}`,
          })),
        })),
      })),
      own: {
        caption: t('core.roles.own'),
        columns: [
          { label: t('core.roles.name'), isNumber: false, sortHref: null, sorted: null },
          { label: t('core.roles.holders'), isNumber: true, sortHref: null, sorted: null },
        ],
        rows: list.map(({ id, name, holders }) => ({
          id,
          href: null,
          cells: [{ text: name }, { number: holders }],
          actions: mayEdit ? roleActions(t, id, name, at) : [],
        })),
        bulk: null,
        empty: {
          symbol: 'shield',
          title: t('core.roles.none'),
          text: t('core.roles.noneText'),
          ...(mayEdit
            ? { link: ctx.links.to(surface, `${base}/new`), linkText: t('core.roles.create') }
            : {}),
        },
      },
    },
    status === 200 ? {} : { status },
  );
}

const roleActions = (
  t: (key: string, values?: Record<string, string>) => string,
  id: string,
  name: string,
  at: (id: string, what: string) => string,
): RowAction[] => [
  { label: t('core.roles.rename'), href: at(id, 'rename') },
  { label: t('core.roles.duplicate'), href: at(id, 'duplicate') },
  {
    label: t('core.roles.delete'),
    action: at(id, 'delete'),
    danger: true,
    confirm: {
      title: t('core.roles.deleteTitle', { name }),
      text: t('core.roles.deleteText'),
      submit: t('core.roles.delete'),
    },
  },
];
