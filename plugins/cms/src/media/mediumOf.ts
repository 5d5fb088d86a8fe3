import type { Audit, InTransaction, TenantContext } from '@wizamart/core';
import { sourceKey, variantKey } from './mediaKeys.js';
import { tableOf } from './mediaTable.js';
import type { MediumRow } from './models/MediumRow.js';
import type { Medium } from './types.js';

/** A row as the library hands it out. */
export const mediumOf = (row: MediumRow): Medium => ({
  id: row.id,
  kind: row.kind,
  fileName: row.fileName,
  title: row.title,
  alt: row.alt,
  mime: row.mime,
  bytes: Number(row.bytes),
  width: row.width,
  height: row.height,
  focus: { x: row.focusX, y: row.focusY },
  status: row.status,
  failure: row.failure,
  variants: Array.isArray(row.variants) ? row.variants : [],
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** Every file of a medium: as it came, and what visitors get. */
export const filesOf = (row: Pick<MediumRow, 'id' | 'sha256' | 'variants'>): string[] => [
  sourceKey(row),
  ...row.variants.map((variant) => variantKey(row.id, variant)),
];

export const actingUser = ({ actor }: TenantContext): string | null =>
  actor.kind === 'user' ? actor.userId : null;

/** A row as the audit trail keeps it. */
export const stateOf = ({
  title,
  fileName,
  alt,
  mime,
  bytes,
  focusX,
  focusY,
  status,
}: MediumRow): Record<string, unknown> => ({ title, fileName, alt, mime, bytes, focusX, focusY, status });

/** The audit row of a change of a medium, in its transaction. */
export async function noteMedium(
  audit: Audit,
  ctx: InTransaction,
  action: string,
  row: Pick<MediumRow, 'id' | 'title'>,
  states: { readonly from?: Record<string, unknown>; readonly to?: Record<string, unknown> },
): Promise<void> {
  await audit.record(ctx, {
    action: `cms.medium.${action}`,
    subject: { type: `cms.${tableOf(ctx).owner}_media`, id: row.id, name: row.title },
    ...states,
  });
}
