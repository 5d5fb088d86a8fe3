import type { TenantContext } from '@wizamart/core';
import type { PageDetail } from '../types.js';
import { whenOf } from '../views/when.js';
import type { HistoryChange, HistoryEntry } from './PageHistory.js';

type View = Readonly<Record<string, unknown>>;

const SYMBOLS: Readonly<Record<HistoryChange, string>> = {
  published: 'eye',
  unpublished: 'eye-off',
  scheduled: 'calendar-time',
  unscheduled: 'x',
};

/** What is to come for a page, the soonest first; what is due is done within the minute, and visitors see it already. */
export function comingView({ now }: TenantContext, { publishAt, unpublishAt }: PageDetail): View[] {
  const due = [
    { symbol: 'eye', labelKey: 'cms.schedule.willPublish', at: publishAt },
    { symbol: 'eye-off', labelKey: 'cms.schedule.willUnpublish', at: unpublishAt },
  ];
  return due
    .flatMap(({ at, ...step }) => (at ? [{ ...step, at }] : []))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, ...step }) => ({
      ...step,
      at,
      when: whenOf(at, now),
      stateKey: `cms.schedule.state.${at <= now ? 'due' : 'planned'}`,
      badge: at <= now ? 'warning' : 'info',
    }));
}

/** What has happened to a page, the newest first. */
export function pastView({ now }: TenantContext, entries: readonly HistoryEntry[]): View[] {
  return entries.map(({ change, at, by, isPlanned, publishAt, unpublishAt }) => ({
    symbol: SYMBOLS[change],
    labelKey: `cms.schedule.did.${change}`,
    by,
    byKey: isPlanned ? 'cms.schedule.byItself' : by === null ? 'cms.revision.system' : null,
    at,
    when: whenOf(at, now),
    publishAt,
    unpublishAt,
  }));
}
