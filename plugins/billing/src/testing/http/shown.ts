import type { Invoice } from '../state/kinds.js';

const LINES_SHOWN = 10;

/** An object as it is sent: without what is hidden, and with the first lines of an invoice. */
export function shown(value: object): object {
  const copy = withoutHidden(value) as Record<string, unknown>;
  const lines = (value as Partial<Invoice>)._lines;
  if (lines) {
    copy['lines'] = {
      object: 'list',
      data: withoutHidden(lines.slice(0, LINES_SHOWN)),
      has_more: lines.length > LINES_SHOWN,
      url: `/v1/invoices/${(value as Invoice).id}/lines`,
    };
  }
  return copy;
}

function withoutHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHidden);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name.startsWith('_') ? [] : [[name, withoutHidden(inner)]],
    ),
  );
}
