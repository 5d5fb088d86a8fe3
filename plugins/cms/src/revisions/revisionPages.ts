import {
  defineRoute,
  DomainError,
  type RouteContext,
  type RouteDefinition,
  sayError,
  type View,
  view,
  z,
} from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { Pictures } from '../media/Pictures.js';
import type { JournalKind } from '../services/PageJournal.js';
import { deskPage } from '../views/deskPage.js';
import { pagination } from '../views/pagination.js';
import { told } from '../views/told.js';
import { DiffView } from './diffView.js';
import { revisionHead, revisionRow } from './revisionList.js';
import type { Revisions } from './Revisions.js';
import { revisionListInput, versionNumber } from './schemas.js';

const oneVersion = z.object({ id: z.uuid(), version: versionNumber });

/** The versions of a page, two of them beside each other, and the way back to one. */
export function revisionPages(
  desk: PageDesk,
  kind: JournalKind,
  { revisions, pictures }: { readonly revisions: Revisions; readonly pictures: Pictures },
): RouteDefinition[] {
  const { surface, base, menu, permissions } = desk;
  const common = { surface, kind: 'page', menu } as const;
  const path = `${base}/:id/revisions`;
  const diffs = new DiffView(surface, pictures);
  const to = (ctx: RouteContext, id: string, more = ''): string =>
    ctx.links.to(surface, `${base}/${id}${more}`);
  /** Asks before a version is restored, beside what the draft would become. */
  const ask = async (
    ctx: RouteContext,
    id: string,
    version: number,
    refusal?: DomainError,
  ): Promise<View> => {
    const page = await desk.get(ctx, id);
    const { languages } = await revisions.compare(ctx, kind, id, {
      from: page.version,
      to: version,
    });
    return view(
      'cms/revision-restore',
      {
        ...deskPage(ctx, desk, page),
        revisionsHref: to(ctx, id, '/revisions'),
        version,
        current: page.version,
        visitorsKey: `cms.revision.${page.status === 'published' ? 'restoreLive' : 'restoreHidden'}`,
        draftKey: `cms.revision.${page.hasDraft ? 'restoreOverDraft' : 'restoreNoDraft'}`,
        isSame: languages.every(({ change }) => change === 'same'),
        languages: await diffs.of(ctx, languages),
        restoreAction: to(ctx, id, `/revisions/${version}/restore`),
        problem: refusal ? sayError(refusal) : null,
      },
      { status: refusal?.status ?? 200 },
    );
  };
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
        const choice = await chooser(ctx, id);
        const [newest, second] = choice.versions.map(({ value }) => value);
        return view('cms/revisions', {
          ...deskPage(ctx, desk, page),
          chooser: { ...choice, from: second ?? newest ?? 1, to: newest ?? 1 },
          canCompare: second !== undefined,
          rows: list.items.map((item) => revisionRow(ctx, item, to(ctx, id, '/revisions'))),
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
        const since = asked.from ?? Math.max(1, until - 1);
        const compared = await revisions.compare(ctx, kind, id, { from: since, to: until });
        return view('cms/revision-compare', {
          ...deskPage(ctx, desk, page),
          revisionsHref: to(ctx, id, '/revisions'),
          chooser: { ...(await chooser(ctx, id)), from: since, to: until },
          sides: [compared.from, compared.to].map((side) => ({
            ...revisionHead(ctx, side),
            restoreHref: side.status === 'draft' ? null : to(ctx, id, `/revisions/${side.version}/restore`),
          })),
          from: since,
          to: until,
          isSame: compared.languages.every(({ change }) => change === 'same'),
          languages: await diffs.of(ctx, compared.languages),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/:version/restore`,
      access: permissions.edit,
      summary: 'Ask before a version is restored',
      input: oneVersion,
      handle: (ctx, { id, version }) => ask(ctx, id, version),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/:version/restore`,
      access: permissions.edit,
      summary: 'Restore a version as draft',
      input: oneVersion,
      handle: async (ctx, { id, version }) => {
        try {
          await revisions.restore(ctx, kind, id, version);
        } catch (error) {
          if (error instanceof DomainError && error.status === 402) return ask(ctx, id, version, error);
          throw error;
        }
        return told(ctx, to(ctx, id), 'cms.done.restored');
      },
    }),
  ];

  async function chooser(ctx: RouteContext, id: string) {
    const numbers = await revisions.numbers(ctx, kind, id);
    return {
      action: to(ctx, id, '/revisions/compare'),
      versions: numbers.map((value) => ({ value, label: value })),
    };
  }
}
