import {
  defineRoute,
  DomainError,
  type FieldError,
  parseInput,
  type RouteContext,
  type RouteDefinition,
  sayError,
  sayFields,
  type View,
  view,
  z,
} from '@wizamart/core';
import type { JournalKind } from '../services/PageJournal.js';
import { told } from '../views/told.js';
import { pagination } from '../views/pagination.js';
import { newRedirect, redirectListInput, type RedirectListInput } from './redirectInput.js';
import { REDIRECT_PLACES } from './redirectPlaces.js';
import { REDIRECT_STATUSES } from './RedirectRow.js';
import type { Redirects } from './Redirects.js';

const typed = z.string().max(3_000).default('');
const formInput = z.object({ source: typed, target: typed, status: typed });
type Form = z.output<typeof formInput>;
const EMPTY: Form = { source: '', target: '', status: '301' };
const CORRECTABLE = new Set([403, 409, 422]);

interface Problem {
  readonly text: string;
  readonly errors: readonly FieldError[];
  readonly status: number;
}

/** The list of redirects with the form for another. */
export function redirectPages(redirects: Redirects, kind: JournalKind): RouteDefinition[] {
  const { surface, base, permissions, menu } = REDIRECT_PLACES[kind];
  const common = { surface, kind: 'page', menu } as const;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to(surface, base + path);
  const show = async (
    ctx: RouteContext,
    input: RedirectListInput,
    form: Form,
    problem?: Problem,
  ): Promise<View> => {
    const list = await redirects.list(ctx, kind, input);
    const errorOf = (name: string): string | null =>
      problem?.errors.find((error) => error.path === name)?.message ?? null;
    const { actor } = ctx;
    return view(
      'cms/redirects',
      {
        titleKey: `cms.redirects.${kind}.title`,
        textKey: `cms.redirects.${kind}.text`,
        places: kind === 'store' ? [] : placesOf(ctx, kind),
        mayChange: actor.kind === 'user' && actor.permissions.has(permissions.publish),
        q: input.q,
        isFiltered: input.q !== '',
        searchAction: to(ctx),
        action: to(ctx),
        form,
        errors: { source: errorOf('source'), target: errorOf('target'), status: errorOf('status') },
        problem: problem?.text ?? null,
        statuses: REDIRECT_STATUSES.map((status) => ({
          value: String(status),
          key: `cms.redirects.status.${status}`,
        })),
        rows: list.items.map((row) => ({
          ...row,
          statusKey: `cms.redirects.status.${row.status}`,
          href: row.target.startsWith('/')
            ? ctx.links.to(kind === 'store' ? 'storefront' : 'platform', row.target)
            : row.target,
          isLinked: kind !== 'default' || !row.target.startsWith('/'),
          deleteAction: to(ctx, `/${row.id}/delete`),
        })),
        pagination: pagination(list, to(ctx), { q: input.q }),
      },
      { status: problem?.status ?? 200 },
    );
  };
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: base,
      access: permissions.view,
      summary: 'Redirects',
      input: redirectListInput,
      handle: (ctx, input) => show(ctx, input, EMPTY),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: base,
      access: permissions.publish,
      summary: 'Create a redirect',
      input: formInput,
      handle: async (ctx, form) => {
        try {
          await redirects.create(ctx, kind, parseInput(newRedirect, form));
          return told(ctx, to(ctx), 'cms.done.redirectCreated');
        } catch (error) {
          if (!(error instanceof DomainError) || !CORRECTABLE.has(error.status)) throw error;
          const problem = { text: sayError(error), errors: sayFields(error), status: error.status };
          return show(ctx, redirectListInput.parse({}), form, problem);
        }
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${base}/:id/delete`,
      access: permissions.publish,
      summary: 'Delete a redirect',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const { source, target, status } = await redirects.remove(ctx, kind, id);
        // Addresses may be longer than a cookie.
        const undo =
          target.length > 1_000
            ? {}
            : { undo: { action: to(ctx), fields: { source, target, status: String(status) } } };
        return told(ctx, to(ctx), 'cms.done.redirectDeleted', undo);
      },
    }),
  ];
}

function placesOf(ctx: RouteContext, current: JournalKind): readonly object[] {
  const { actor } = ctx;
  return (['platform', 'default'] as const)
    .filter((kind) => actor.kind === 'user' && actor.permissions.has(REDIRECT_PLACES[kind].permissions.view))
    .map((kind) => ({
      labelKey: `cms.redirects.${kind}.tab`,
      href: ctx.links.to('admin', REDIRECT_PLACES[kind].base),
      isCurrent: kind === current,
    }));
}
