import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { JOB_SORTS, JOB_STATES, type JobSort, type JobState, type JobSummary } from '../../jobs/JobBoard.js';
import {
  defineRoute,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { adminDetail } from '../views/adminDetail.js';
import { orForm, type FormProblem } from '../views/adminForm.js';
import {
  adminList,
  addressOf,
  choice,
  listPageInput,
  type BadgeKind,
  type RowAction,
} from '../views/adminList.js';
import { may, wordsOf, type Words } from '../views/words.js';
import type { CoreParts } from './CoreParts.js';
import { cancelJob, retryJob } from './jobActions.js';

const BASE = '/jobs';
const jobId = z.object({ id: z.string().regex(/^\d{1,18}$/) });
const common = { surface: 'admin', kind: 'page', menu: 'jobs' } as const;
const KINDS: Readonly<Record<JobState, BadgeKind>> = {
  queued: 'info',
  running: 'info',
  failed: 'danger',
  parked: 'warning',
  finished: 'success',
};
const listInput = listPageInput(['createdAt', 'job', 'runAt'], { state: choice(JOB_STATES) });

/** What waits, runs, failed or is parked on a platform, and how far it is. */
export const jobPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    ...common,
    method: 'GET',
    path: BASE,
    access: 'core.jobs.view',
    input: listInput,
    handle: (ctx, query) => jobList(parts, ctx, query),
  }),
  defineRoute({
    ...common,
    method: 'GET',
    path: `${BASE}/:id`,
    access: 'core.jobs.view',
    input: jobId,
    handle: async (ctx, { id }) => jobDetail(parts, ctx, await parts.jobBoard.get(ctx, id)),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: `${BASE}/:id/retry`,
    access: 'core.jobs.retry',
    input: jobId,
    handle: async (ctx, { id }) => {
      await retryJob(parts, ctx, id);
      return redirect(
        ctx.links.to('admin', `${BASE}/${id}`),
        303,
        flash(ctx, { kind: 'success', key: 'core.jobs.retried' }),
      );
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    path: `${BASE}/:id/cancel`,
    access: 'core.jobs.retry',
    input: jobId,
    handle: async (ctx, { id }) => {
      const job = await parts.jobBoard.get(ctx, id);
      return orForm(
        async () => {
          await cancelJob(parts, ctx, id);
          return redirect(
            ctx.links.to('admin', BASE),
            303,
            flash(ctx, { kind: 'success', key: 'core.jobs.cancelled', values: { job: job.job } }),
          );
        },
        (problem) => jobDetail(parts, ctx, job, problem),
      );
    },
  }),
];

async function jobList(parts: CoreParts, ctx: RouteContext, query: z.output<typeof listInput>) {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', BASE);
  const { q, state, page, perPage, sort, format } = query;
  const known = JOB_SORTS.find((one) => one === sort) as JobSort | undefined;
  const [found, counts] = await Promise.all([
    parts.jobBoard.list(ctx, {
      ...(state ? { state } : {}),
      ...(known ? { sort: known } : {}),
      q,
      page: format ? 1 : page,
      perPage: format ? 10_000 : perPage,
    }),
    parts.jobBoard.counts(ctx),
  ]);
  return adminList<JobSummary>(t, {
    head: { title: t('core.jobs.title'), text: t('core.jobs.text') },
    address,
    query,
    tabs: [undefined, ...JOB_STATES].map((one) => ({
      label: t(one ? `core.jobs.state.${one}` : 'core.admin.all'),
      href: addressOf(address, one ? { state: one } : {}),
      isCurrent: state === one,
      count: one ? (counts[one] ?? 0) : Object.values(counts).reduce((sum, count) => sum + count, 0),
    })),
    keep: state ? { state } : {},
    searchLabel: t('core.jobs.search'),
    columns: [
      { label: t('core.jobs.job'), sort: 'job', cell: ({ job, id }) => ({ text: job, detail: `#${id}` }) },
      {
        label: t('core.list.status'),
        cell: ({ state: is }) => ({ badge: t(`core.jobs.state.${is}`), kind: KINDS[is] }),
      },
      { label: t('core.jobs.progress'), cell: (job) => ({ text: progressText(t, job) }) },
      {
        label: t('core.jobs.attempts'),
        isNumber: true,
        cell: ({ attempts, maxAttempts }) => ({
          text: maxAttempts === 0 ? '–' : `${attempts}/${maxAttempts}`,
        }),
      },
      { label: t('core.jobs.due'), sort: 'runAt', cell: ({ runAt }) => ({ date: runAt }) },
      { label: t('core.jobs.created'), sort: 'createdAt', cell: ({ createdAt }) => ({ date: createdAt }) },
    ],
    found: { ...found, page, perPage },
    row: (job) => ({
      id: job.id,
      href: `${address}/${job.id}`,
      ...(may(ctx, 'core.jobs.retry') ? { actions: actionsOf(t, address, job) } : {}),
    }),
    empty: { symbol: 'checklist', title: t('core.jobs.none'), text: t('core.jobs.noneText') },
    file: 'jobs',
  });
}

function jobDetail(parts: CoreParts, ctx: RouteContext, job: JobSummary, problem?: FormProblem): View {
  const t = wordsOf(parts, ctx);
  const address = ctx.links.to('admin', BASE);
  const isOver = job.state === 'finished' || job.state === 'failed' || job.state === 'parked';
  return adminDetail({
    ...(problem ? { status: problem.status } : {}),
    head: {
      title: job.job,
      text: t('core.jobs.one', { id: job.id }),
      breadcrumbs: [
        { label: t('core.jobs.title'), href: address },
        { label: `#${job.id}`, href: null },
      ],
    },
    badges: [{ kind: KINDS[job.state], text: t(`core.jobs.state.${job.state}`) }],
    notice: problem?.text
      ? { kind: 'error', text: problem.text }
      : job.reason
        ? { kind: 'warning', text: job.reason }
        : null,
    actions: may(ctx, 'core.jobs.retry') ? actionsOf(t, address, job) : [],
    main: [
      {
        kind: 'progress',
        id: 'job-progress',
        title: t('core.jobs.progress'),
        label: job.progress?.text ?? t(`core.jobs.state.${job.state}`),
        value: job.progress?.done ?? 0,
        max: job.progress?.total ?? null,
        state: progressText(t, job) ?? '',
        pollHref: isOver ? null : `${address}/${job.id}`,
      },
      ...(job.lastError
        ? [
            {
              kind: 'facts' as const,
              title: t('core.jobs.lastError'),
              facts: [{ label: t('core.jobs.lastError'), text: job.lastError.slice(0, 2_000) }],
            },
          ]
        : []),
    ],
    aside: [
      {
        kind: 'facts',
        title: t('core.platform.facts'),
        facts: [
          { label: t('core.jobs.module'), text: job.module },
          {
            label: t('core.jobs.attempts'),
            text: job.maxAttempts === 0 ? null : `${job.attempts}/${job.maxAttempts}`,
          },
          { label: t('core.jobs.created'), date: job.createdAt },
          { label: t('core.jobs.due'), date: job.runAt },
        ],
      },
    ],
  });
}

function progressText(t: Words, { progress }: JobSummary): string | null {
  if (!progress) return null;
  return progress.total === null
    ? t('core.jobs.done', { done: progress.done })
    : t('core.jobs.doneOf', { done: progress.done, total: progress.total });
}

function actionsOf(t: Words, address: string, { id, job, state }: JobSummary): RowAction[] {
  if (state === 'running' || state === 'finished') return [];
  return [
    ...(state === 'parked'
      ? []
      : [{ label: t('core.jobs.retry'), action: `${address}/${id}/retry`, confirm: null }]),
    {
      label: t('core.jobs.cancel'),
      action: `${address}/${id}/cancel`,
      danger: true,
      confirm: {
        title: t('core.jobs.cancelTitle', { job }),
        text: t('core.jobs.cancelText'),
        submit: t('core.jobs.cancel'),
      },
    },
  ];
}
