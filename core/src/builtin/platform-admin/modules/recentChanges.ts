import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { TenantContext } from '../../../kernel/context.js';
import type { CoreParts } from '../../core/CoreParts.js';
import type { ModuleTexts } from './moduleTexts.js';

/** One change of modules or their settings, in words. */
export interface ModuleChangeView {
  readonly at: Date;
  readonly who: string;
  readonly text: string;
  /** The revision it led to; null where it is not known. */
  readonly revision: number | null;
}

interface Side {
  readonly revision?: number;
  readonly modules?: readonly string[];
  readonly undone?: boolean;
}

/** The latest changes of the platform's modules, newest first. */
export async function recentChanges(
  { audit, users }: CoreParts,
  ctx: TenantContext,
  texts: ModuleTexts,
  count = 6,
): Promise<ModuleChangeView[]> {
  const { items } = await audit.list(ctx, { q: 'core.module', perPage: count });
  const known = await users.byIds([
    ...new Set(items.flatMap(({ actor }) => (actor.kind === 'user' && actor.id ? [actor.id] : []))),
  ]);
  const names = new Map(known.map(({ id, name }) => [id, name]));
  return items
    .filter(({ action }) => action === 'core.modules.changed' || action === 'core.module.configured')
    .map((entry) => ({
      at: entry.occurredAt,
      who: names.get(entry.actor.id ?? '') ?? entry.actor.name,
      text: described(entry, texts),
      revision: ((entry.to ?? {}) as Side).revision ?? null,
    }));
}

function described({ action, subject, from, to }: AuditEntry, texts: ModuleTexts): string {
  if (action === 'core.module.configured')
    return texts.words.text('core.modules.change.settings', { module: texts.name(subject.id) });
  const before = ((from ?? {}) as Side).modules ?? [];
  const { modules: after = [], undone = false } = (to ?? {}) as Side;
  const named = (codes: readonly string[]): string => codes.map((code) => texts.name(code)).join(', ');
  const on = named(after.filter((code) => !before.includes(code)));
  const off = named(before.filter((code) => !after.includes(code)));
  const sentences = [
    ...(on === '' ? [] : [texts.words.text('core.modules.change.on', { modules: on })]),
    ...(off === '' ? [] : [texts.words.text('core.modules.change.off', { modules: off })]),
  ].join('; ');
  return undone ? texts.words.text('core.modules.change.undone', { change: sentences }) : sentences;
}
