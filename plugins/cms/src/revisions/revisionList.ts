import type { RouteContext } from '@wizamart/core';
import { whenOf } from '../views/when.js';
import type { RevisionSummary } from './types.js';

const BADGES = { live: 'success', draft: 'info', former: 'neutral', discarded: 'neutral' } as const;

/** Who wrote a version, when, and what became of it: for lists, and above one of two beside each other. */
export function revisionHead(
  ctx: RouteContext,
  item: Omit<RevisionSummary, 'changes'>,
): Readonly<Record<string, unknown>> {
  const { version, status, origin, originVersion } = item;
  return {
    version,
    statusKey: `cms.revision.status.${status}`,
    badge: BADGES[status],
    originKey: `cms.revision.origin.${origin}`,
    originVersion: originVersion ?? 0,
    by: item.updatedBy,
    updatedAt: item.updatedAt,
    when: whenOf(item.updatedAt, ctx.now),
    publishedAt: item.publishedAt,
    publishedKey: status === 'live' ? 'cms.revision.published' : 'cms.revision.wasPublished',
  };
}

/** A line of the list of versions. @param address of that list */
export function revisionRow(
  ctx: RouteContext,
  item: RevisionSummary,
  address: string,
): Readonly<Record<string, unknown>> {
  const { version, status, changes } = item;
  return {
    ...revisionHead(ctx, item),
    isFirst: version === 1,
    changes: changes.map(({ language, change, fields }) => ({
      language: language.toUpperCase(),
      changeKey: `cms.revision.change.${change}`,
      fields: fields.map((field) => `cms.revision.field.${field}`),
    })),
    compareHref: version > 1 ? `${address}/compare?from=${version - 1}&to=${version}` : null,
    // What is edited already need not be brought back.
    restoreHref: status === 'draft' ? null : `${address}/${version}/restore`,
  };
}
