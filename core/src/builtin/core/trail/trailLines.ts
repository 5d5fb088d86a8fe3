import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import { sentenceKeyOf } from '../../../identity/audit/auditSentence.js';
import type { RouteContext } from '../../../kernel/route.js';
import { isGlobalPlatform } from '../../../tenancy/globalPlatform.js';
import { moduleTexts, type ModuleTexts } from '../../platform-admin/modules/moduleTexts.js';
import type { CoreParts } from '../CoreParts.js';
import { actorName } from './actorName.js';
import { agoText } from './ago.js';
import { moduleChangeOf } from './moduleChange.js';
import { subjectHref } from './subjectHref.js';
import { trailNames, type TrailNames } from './trailNames.js';

/** One line of the audit trail as people read it: who, then what they did; see the partial `trail`. */
export interface TrailLine {
  readonly id: string;
  readonly action: string;
  readonly who: string;
  /** What was done, up to the name of what it was done to. */
  readonly before: string;
  /** Null where the sentence names nothing. */
  readonly subject: string | null;
  readonly subjectHref: string | null;
  readonly after: string;
  /** All of what was done, without who. */
  readonly text: string;
  readonly at: Date;
  /** How long ago that was. */
  readonly ago: string;
  /** Whose trail it is in, where the reader looks at several; else null. */
  readonly place: string | null;
}

type Parts = Pick<CoreParts, 'users' | 'database' | 'tenants' | 'states' | 'translator'>;

/** Stands for the subject until the sentence is taken apart around it; never part of a text. */
const HERE = '\u0000';

/** Lines of the trail in words, each name as it is today; two queries, however many lines there are. */
export async function trailLines(
  parts: Parts,
  ctx: RouteContext,
  entries: readonly AuditEntry[],
): Promise<TrailLine[]> {
  const names = await trailNames(parts, ctx, entries);
  const texts = moduleTexts(parts, ctx);
  const t = texts.words.text.bind(texts.words);
  return entries.map((entry) => {
    const sentence = sentenceOf(ctx, entry, texts);
    const [before = '', after] = sentence.split(HERE);
    const subject = after === undefined ? null : subjectName(entry, texts, names);
    return {
      id: entry.id,
      action: entry.action,
      who: actorName(entry, texts, names),
      before,
      subject,
      subjectHref: subject === null ? null : subjectHref(parts, ctx, entry),
      after: after ?? '',
      text: sentence.replace(HERE, subject ?? ''),
      at: entry.occurredAt,
      ago: agoText(t, ctx.language, entry.occurredAt, ctx.now),
      place: placeOf(ctx, entry, names, subject),
    };
  });
}

/** What was done, with HERE for the subject. */
function sentenceOf(ctx: RouteContext, entry: AuditEntry, { words, ...texts }: ModuleTexts): string {
  const { action } = entry;
  if (action === 'core.modules.changed') {
    const { on, off, isUndo } = moduleChangeOf(entry);
    // On its own pages a platform need not be named.
    const at = isGlobalPlatform(ctx.platform) ? 'At' : '';
    const said = (key: string, codes: readonly string[]): string[] =>
      codes.length === 0
        ? []
        : [words.text(key, { modules: codes.map((code) => texts.name(code)).join(', '), subject: HERE })];
    const changes = [
      ...said(`core.modules.change.on${at}`, on),
      ...said(`core.modules.change.off${at}`, off),
    ];
    if (changes.length === 1) {
      const [change = ''] = changes;
      return isUndo ? words.text('core.modules.change.undone', { change }) : change;
    }
  }
  const key = sentenceKeyOf(action);
  return words.has(key) ? words.text(key, { subject: HERE }) : words.text('core.audit.other', { action });
}

function subjectName(
  { subject }: AuditEntry,
  { words, plugins, ...texts }: ModuleTexts,
  names: TrailNames,
): string {
  const { type, id, name } = subject;
  if (type === 'module' && plugins.has(id)) return texts.name(id);
  if (type === 'menu' && words.has(`core.audit.menuOf.${id}`)) return words.text(`core.audit.menuOf.${id}`);
  if (type === 'user' && name === null && !names.has(id)) return words.text('core.audit.unknownAccount');
  return names.get(id) ?? name ?? id;
}

/** Where the line belongs, as far as the page and the sentence do not say it. */
function placeOf(
  ctx: RouteContext,
  { platformId, merchantId, storeId }: AuditEntry,
  names: TrailNames,
  said: string | null,
): string | null {
  if (ctx.surface === 'store') return null;
  const owner = names.get(storeId ?? '') ?? names.get(merchantId ?? '');
  const platform = isGlobalPlatform(ctx.platform) ? names.get(platformId ?? '') : undefined;
  return [owner, platform].filter((name) => name !== undefined && name !== said).join(' · ') || null;
}
