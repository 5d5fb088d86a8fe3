import {
  defineRoute,
  DomainError,
  type FieldError,
  type RouteContext,
  type RouteDefinition,
  sayError,
  sayFields,
  saySentence,
  type View,
  view,
  z,
} from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';
import type { PageHistory } from './PageHistory.js';
import { comingView, pastView } from './timeline.js';
import type { JournalKind } from '../services/PageJournal.js';
import type { PageLocks } from '../services/PageLocks.js';
import type { PageDetail } from '../types.js';
import { deskPage } from '../views/deskPage.js';
import { fromLuxembourgTime, luxembourgTime } from './luxembourgTime.js';
import type { Schedules } from './Schedules.js';
import { told } from '../views/told.js';

const typed = z.string().trim().max(30).default('');
const CORRECTABLE = new Set([402, 403, 409, 422]);
const NO_TIME = 'Enter a date and a time that there is: clocks skip an hour in March.';

interface Typed {
  readonly publishAt: string;
  readonly unpublishAt: string;
}

/** When a page goes live and when it goes: times as clocks in Luxembourg show them. */
export function schedulePages(
  desk: PageDesk,
  kind: JournalKind,
  {
    schedules,
    pageHistory,
    locks,
  }: { readonly schedules: Schedules; readonly pageHistory: PageHistory; readonly locks: PageLocks },
): RouteDefinition[] {
  const common = { surface: desk.surface, kind: 'page', menu: desk.menu } as const;
  const path = `${desk.base}/:id/schedule`;
  const to = (ctx: RouteContext, id: string, more = ''): string =>
    ctx.links.to(desk.surface, `${desk.base}/${id}${more}`);
  const show = async (
    ctx: RouteContext,
    page: PageDetail,
    values: Typed,
    problem: {
      readonly text: string;
      readonly errors: readonly FieldError[];
      readonly status: number;
    } | null = null,
  ): Promise<View> => {
    const errorOf = (name: string): string | null =>
      problem?.errors.find((error) => error.path === name)?.message ?? null;
    const lock = kind === 'store' ? await locks.lockOf(ctx, 'cms_scheduling') : null;
    return view(
      'cms/schedule',
      {
        ...deskPage(ctx, desk, page),
        isPublished: page.status === 'published',
        hasDraft: page.hasDraft,
        now: ctx.now,
        publishHintKey: `cms.schedule.${page.hasDraft ? 'publishHint' : 'publishNoDraft'}`,
        coming: comingView(ctx, page),
        past: pastView(ctx, await pageHistory.of(ctx, kind, page.id)),
        values,
        errors: { publishAt: errorOf('publishAt'), unpublishAt: errorOf('unpublishAt') },
        problem: problem?.text ?? null,
        lockedBy: lock?.join(', ') ?? null,
        action: to(ctx, page.id, '/schedule'),
        cancelHref: isSet(page) ? to(ctx, page.id, '/schedule/cancel') : null,
      },
      { status: problem?.status ?? 200 },
    );
  };
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      access: desk.permissions.view,
      summary: 'When a page is published and when it goes',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const page = await desk.get(ctx, id);
        return show(ctx, page, { publishAt: shown(page.publishAt), unpublishAt: shown(page.unpublishAt) });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path,
      access: desk.permissions.publish,
      summary: 'Set when a page is published and when it goes',
      input: z.object({ id: z.uuid(), publishAt: typed, unpublishAt: typed }),
      handle: async (ctx, { id, ...values }) => {
        const [publishAt, unpublishAt] = [timeOf(values.publishAt), timeOf(values.unpublishAt)];
        const errors = [
          ...(publishAt === undefined ? [{ path: 'publishAt', message: NO_TIME }] : []),
          ...(unpublishAt === undefined ? [{ path: 'unpublishAt', message: NO_TIME }] : []),
        ];
        if (publishAt === undefined || unpublishAt === undefined)
          return show(ctx, await desk.get(ctx, id), values, {
            text: saySentence(NO_TIME),
            errors: sayFields(errors),
            status: 422,
          });
        try {
          await schedules.set(ctx, kind, id, { publishAt, unpublishAt });
          return told(ctx, to(ctx, id, '/schedule'), 'cms.done.scheduled');
        } catch (error) {
          if (!(error instanceof DomainError) || !CORRECTABLE.has(error.status)) throw error;
          const problem = { text: sayError(error), errors: sayFields(error), status: error.status };
          return show(ctx, await desk.get(ctx, id), values, problem);
        }
      },
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${path}/cancel`,
      access: desk.permissions.publish,
      summary: 'Ask before what is set for a page is cancelled',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const page = await desk.get(ctx, id);
        return view('cms/schedule-cancel', {
          ...deskPage(ctx, desk, page),
          coming: comingView(ctx, page),
          staysKey: `cms.schedule.${page.status === 'published' ? 'staysLive' : 'staysDraft'}`,
          scheduleHref: to(ctx, id, '/schedule'),
          cancelAction: to(ctx, id, '/schedule/cancel'),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/cancel`,
      access: desk.permissions.publish,
      summary: 'Cancel what is set for a page',
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const { publishAt, unpublishAt } = await desk.get(ctx, id);
        await schedules.cancel(ctx, kind, id);
        return told(ctx, to(ctx, id, '/schedule'), 'cms.done.unscheduled', {
          undo: {
            action: to(ctx, id, '/schedule'),
            fields: { publishAt: shown(publishAt), unpublishAt: shown(unpublishAt) },
          },
        });
      },
    }),
  ];
}

const isSet = ({ publishAt, unpublishAt }: PageDetail): boolean => publishAt !== null || unpublishAt !== null;

const shown = (at: Date | null): string => (at ? luxembourgTime(at) : '');

/** Null: nothing was typed; undefined: what was typed is no time. */
const timeOf = (value: string): Date | null | undefined => (value === '' ? null : fromLuxembourgTime(value));
