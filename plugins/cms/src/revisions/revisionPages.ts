import { defineRoute, type RouteContext, type RouteDefinition, view, z } from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { JournalKind } from '../services/PageJournal.js';
import { deskPage } from '../views/deskPage.js';
import { pagination } from '../views/pagination.js';
import { diffView } from './diffView.js';
import type { Revisions } from './Revisions.js';
import { revisionListInput, versionNumber } from './schemas.js';
import type { RevisionSummary } from './types.js';
import { told } from '../views/told.js';

const BADGES = { live: 'success', draft: 'info', former: 'neutral', discarded: 'neutral' } as const;

/** The versions of a page, two of them beside each other, and the way back to one. */
export function revisionPages(desk: PageDesk, kind: JournalKind, revisions: Revisions): RouteDefinition[] {
  const { surface, base, menu, permissions } = desk;
  const common = { surface, kind: 'page', menu } as const;
  const path = `${base}/:id/revisions`;
  const to = (ctx: RouteContext, id: string, more = ''): string =>
    ctx.links.to(surface, `${base}/${id}${more}`);
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      access: permissions.view,
      summary: 'Versions of a page',
      input: revisionListInput,
      handle: async (ctx, { id, ...input }) => {
        const page = await desk.get(ctx, id);
        const list = await revisions.list(ctx, kind, id, input);
        return view('cms/revisions', {
          ...deskPage(ctx, desk, page),
          compareAction: to(ctx, id, '/revisions/compare'),
          versions: list.items.map(({ version }) => ({ value: version, label: version })),
          newest: list.items[0]?.version ?? 1,
          second: list.items[1]?.version ?? 1,
          canCompare: list.items.length > 1,
          rows: list.items.map((item) => rowView(item, to(ctx, id, '/revisions'))),
          pagination: pagination(list, to(ctx, id, '/revisions'), {}),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/compare`,
      access: permissions.view,
      summary: 'Two versions of a page beside each other',
      // Left out: the newest beside the one before it.
      input: z.object({ id: z.uuid(), from: versionNumber.optional(), to: versionNumber.optional() }),
      handle: async (ctx, { id, ...asked }) => {
        const page = await desk.get(ctx, id);
        const until = asked.to ?? page.version;
        const from = asked.from ?? Math.max(1, until - 1);
        const { languages } = await revisions.compare(ctx, kind, id, { from, to: until });
        return view('cms/revision-compare', {
          ...deskPage(ctx, desk, page),
          revisionsHref: to(ctx, id, '/revisions'),
          from,
          to: until,
          restoreAction: to(ctx, id, `/revisions/${from}/restore`),
          languages: diffView(languages),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/:version/restore`,
      access: permissions.edit,
      summary: 'Restore a version as draft',
      input: z.object({ id: z.uuid(), version: versionNumber }),
      handle: async (ctx, { id, version }) => {
        await revisions.restore(ctx, kind, id, version);
        return told(ctx, to(ctx, id), 'cms.done.restored');
      },
    }),
  ];
}

function rowView(item: RevisionSummary, address: string): Readonly<Record<string, unknown>> {
  const { version, status, origin, originVersion, changes } = item;
  return {
    version,
    statusKey: `cms.revision.status.${status}`,
    badge: BADGES[status],
    originKey: `cms.revision.origin.${origin}`,
    originVersion: originVersion ?? 0,
    by: item.updatedBy,
    updatedAt: item.updatedAt,
    publishedAt: item.publishedAt,
    isFirst: version === 1,
    changes: changes.map(({ language, change, fields }) => ({
      language: language.toUpperCase(),
      changeKey: `cms.revision.change.${change}`,
      fields: fields.map((field) => `cms.revision.field.${field}`),
    })),
    compareHref: version > 1 ? `${address}/compare?from=${version - 1}&to=${version}` : null,
    // What is edited already need not be brought back.
    restoreAction: status === 'draft' ? null : `${address}/${version}/restore`,
  };
}
