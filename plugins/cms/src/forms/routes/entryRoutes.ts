import {
  defineRoute,
  LANGUAGES,
  raw,
  type RouteContext,
  type RouteDefinition,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { EXAMPLE_ID } from '../../routes/examples.js';
import { pagination } from '../../views/pagination.js';
import { told } from '../../views/told.js';
import { entriesCsv } from '../csv.js';
import type { FormEntries } from '../FormEntries.js';

const base = '/form-entries';
const entryId = z.object({ id: z.uuid() });
const listInput = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
});
const entry = z.object({
  id: z.uuid(),
  slug: z.string(),
  language: z.enum(LANGUAGES),
  email: z.string().nullable(),
  answers: z.array(z.object({ label: z.string(), value: z.string() })),
  sentAt: z.iso.datetime(),
});
const notFound = { code: 'CMS_FORM_ENTRY_NOT_FOUND', status: 404 } as const;

/** The messages of a site's forms, for its staff or administrators. */
export function entryRoutes(entries: FormEntries, surface: 'admin' | 'store'): RouteDefinition[] {
  const { view: see, delete: remove } = surface === 'store' ? CMS.formEntries : CMS.siteFormEntries;
  const page = { surface, kind: 'page', menu: 'form-entries' } as const;
  const api = { surface, kind: 'api' } as const;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to(surface, base + path);
  const mayDelete = ({ actor }: RouteContext): boolean =>
    actor.kind === 'user' && actor.permissions.has(remove);
  return [
    defineRoute({
      ...page,
      method: 'GET',
      path: base,
      access: see,
      summary: 'Messages of forms',
      input: listInput,
      handle: async (ctx, input) => {
        const list = await entries.list(ctx, input);
        const rows = list.items.map((row) => ({
          href: to(ctx, `/${row.id}`),
          sentAt: row.sentAt,
          slug: row.slug,
          email: row.email,
          summary: row.answers
            .map(({ value }) => value)
            .filter((value) => value !== '' && value !== row.email)
            .join(' · ')
            .slice(0, 140),
        }));
        return view('cms/form-entries', {
          rows,
          exportHref: to(ctx, '/export'),
          pagination: pagination(list, to(ctx), {}),
        });
      },
    }),
    defineRoute({
      ...page,
      method: 'GET',
      path: `${base}/export`,
      access: see,
      summary: 'Messages of forms as a table',
      handle: async (ctx) =>
        raw(entriesCsv(await entries.export(ctx)), {
          headers: {
            'Content-Type': 'text/csv; charset=utf-8',
            'Content-Disposition': 'attachment; filename="messages.csv"',
            'Cache-Control': 'no-store',
          },
        }),
    }),
    defineRoute({
      ...page,
      method: 'GET',
      path: `${base}/:id`,
      access: see,
      summary: 'One message',
      input: entryId,
      handle: async (ctx, { id }) => {
        const { slug, language, email, answers, sentAt } = await entries.get(ctx, id);
        return view('cms/form-entry', {
          slug,
          language: language.toUpperCase(),
          email,
          sentAt,
          listHref: to(ctx),
          deleteAction: to(ctx, `/${id}/delete`),
          mayDelete: mayDelete(ctx),
          answers: answers.map(({ label, value }) => ({ label, lines: value.split('\n') })),
        });
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: `${base}/:id/delete`,
      access: remove,
      summary: 'Delete a message',
      input: entryId,
      handle: async (ctx, { id }) => {
        await entries.remove(ctx, id);
        return told(ctx, to(ctx), 'cms.entries.deleted');
      },
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: base,
      access: see,
      summary: 'List the messages of forms, newest first',
      input: listInput,
      output: z.object({ items: z.array(entry), total: z.int(), page: z.int(), perPage: z.int() }),
      example: { page: 1, perPage: 20 },
      handle: async (ctx, input) => {
        const list = await entries.list(ctx, input);
        return { ...list, items: list.items.map(answerOf) };
      },
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: `${base}/:id`,
      access: see,
      summary: 'Get a message',
      input: entryId,
      output: entry,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: async (ctx, { id }) => answerOf(await entries.get(ctx, id)),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: `${base}/:id`,
      access: remove,
      summary: 'Delete a message',
      status: 204,
      input: entryId,
      example: { id: EXAMPLE_ID },
      errors: [notFound],
      handle: (ctx, { id }) => entries.remove(ctx, id),
    }),
  ];
}

const answerOf = ({
  id,
  slug,
  language,
  email,
  answers,
  sentAt,
}: Awaited<ReturnType<FormEntries['get']>>): object => ({ id, slug, language, email, answers, sentAt });
