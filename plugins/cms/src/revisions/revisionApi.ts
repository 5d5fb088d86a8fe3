import { defineRoute, type RouteDefinition, z } from '@wizamart/core';
import { EXAMPLE_ID } from '../routes/examples.js';
import { API_PLACES, detailOf, FEATURE, NOT_FOUND, type PageServices } from '../routes/places.js';
import { listOf, pageId } from '../routes/schemas.js';
import type { JournalKind } from '../services/PageJournal.js';
import type { Revisions } from './Revisions.js';
import { comparison, revisionDetail, revisionListInput, revisionSummary, versionNumber } from './schemas.js';

const noSuchVersion = { code: 'CMS_REVISION_NOT_FOUND', status: 404 } as const;

/** `…/{id}/revisions`: the versions of a page. */
export function revisionApi(
  services: PageServices & { readonly revisions: Revisions },
  kind: JournalKind,
): RouteDefinition[] {
  const { surface, base, permissions, one, detail } = API_PLACES[kind];
  const { revisions } = services;
  const api = { surface, kind: 'api' } as const;
  const path = `${base}/:id/revisions`;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path,
      access: permissions.view,
      summary: `List the versions of ${one}, newest first, with who wrote them and what they change`,
      input: revisionListInput,
      output: listOf(revisionSummary),
      example: { id: EXAMPLE_ID, page: 1, perPage: 20 },
      errors: [NOT_FOUND],
      handle: (ctx, { id, ...input }) => revisions.list(ctx, kind, id, input),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: `${path}/compare`,
      access: permissions.view,
      summary: `Compare two versions of ${one}: by language, block and word`,
      input: pageId.extend({ from: versionNumber, to: versionNumber }),
      output: comparison,
      example: { id: EXAMPLE_ID, from: 1, to: 2 },
      errors: [NOT_FOUND, noSuchVersion],
      handle: async (ctx, { id, from, to }) => ({
        from,
        to,
        languages: (await revisions.compare(ctx, kind, id, { from, to })).languages,
      }),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: `${path}/:version`,
      access: permissions.view,
      summary: `Get a version of ${one} with its texts`,
      input: pageId.extend({ version: versionNumber }),
      output: revisionDetail,
      example: { id: EXAMPLE_ID, version: 1 },
      errors: [NOT_FOUND, noSuchVersion],
      handle: (ctx, { id, version }) => revisions.get(ctx, kind, id, version),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: `${path}/:version/restore`,
      access: permissions.edit,
      summary: `Make a copy of an older version the draft of ${one}; nothing is lost`,
      input: z.object({ id: z.uuid(), version: versionNumber }),
      output: detail,
      example: { id: EXAMPLE_ID, version: 1 },
      errors: [NOT_FOUND, noSuchVersion, FEATURE],
      handle: async (ctx, { id, version }) => {
        await revisions.restore(ctx, kind, id, version);
        return detailOf(services, ctx, kind, id);
      },
    }),
  ];
}
