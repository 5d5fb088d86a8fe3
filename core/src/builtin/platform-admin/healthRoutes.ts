import { z } from 'zod';
import { DomainError } from '../../errors/defineError.js';
import { sayError, saySentence } from '../../errors/saying.js';
import { defineRoute, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { CoreParts } from '../core/CoreParts.js';
import { attentionView } from './modules/attentionView.js';
import { moduleTexts } from './modules/moduleTexts.js';
import { healthReports, type ModuleReport } from './healthReports.js';

interface CheckResult {
  readonly name: string;
  readonly isHealthy: boolean;
  readonly detail: string | null;
  readonly durationMs: number;
  /** What stopped the check; undefined where it ran to its end. */
  readonly error?: unknown;
}

interface Report {
  readonly isHealthy: boolean;
  readonly checkedAt: Date;
  readonly checks: readonly CheckResult[];
}

const reportSchema = z.object({
  isHealthy: z.boolean(),
  checkedAt: z.date(),
  checks: z.array(
    z.object({
      name: z.string(),
      isHealthy: z.boolean(),
      detail: z.string().nullable(),
      durationMs: z.number(),
    }),
  ),
  nodes: z.array(z.object({ node: z.string(), revision: z.int().nullable(), seenAt: z.date() })),
  costs: z.array(
    z.object({
      plugin: z.string(),
      platform: z.string(),
      calls: z.int(),
      errors: z.int(),
      milliseconds: z.number(),
    }),
  ),
  /** What modules say, by code; null: one could not. */
  reports: z.record(z.string(), z.record(z.string(), z.unknown()).nullable()),
});

/** How a platform is: the core's own checks, those of the modules that are on, and what each costs. */
export const healthRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/health',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.health.view',
    summary: 'The full health report',
    output: reportSchema,
    handle: async (ctx) => ({
      ...shown(await report(parts, ctx)),
      nodes: await parts.modules.nodes(ctx),
      costs: parts.attribution.list().filter(({ platform }) => platform === ctx.platform.code),
      reports: Object.fromEntries(
        (await healthReports(parts, ctx)).map(({ module, report: said }) => [module, said?.data ?? null]),
      ),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/health',
    surface: 'admin',
    scope: 'both',
    kind: 'page',
    access: 'platform-admin.health.view',
    menu: 'health',
    handle: async (ctx) => {
      const found = await report(parts, ctx);
      const nodes = await parts.modules.nodes(ctx);
      return view('core/health', {
        isReady: found.isHealthy,
        checkedAt: found.checkedAt,
        checks: found.checks.map((check) => ({
          ...check,
          name: checkName(parts, ctx, check.name),
          ...saidOf(parts, ctx, check),
        })),
        nodes: nodes.map(({ node, revision, seenAt }) => ({ name: node, revision: revision ?? 0, seenAt })),
        reports: (await healthReports(parts, ctx)).map((one) => reportView(parts, ctx, one)),
      });
    },
  }),
];

const shown = ({ checks, ...rest }: Report) => ({
  ...rest,
  checks: checks.map(({ name, isHealthy, detail, durationMs }) => ({ name, isHealthy, detail, durationMs })),
});

/** Checks of core and of modules in words; those that a module does not name keep what it calls them. */
function checkName(parts: CoreParts, ctx: RouteContext, name: string): string {
  const texts = moduleTexts(parts, ctx);
  const own = OWN_CHECKS[name];
  if (own !== undefined) return texts.words.text(own);
  const [module = '', what = ''] = name.split(': ');
  return what === '' ? name : `${texts.name(module)}: ${what}`;
}

const OWN_CHECKS: Readonly<Record<string, string>> = {
  database: 'core.health.of.database',
  'messages between nodes': 'core.health.of.messages',
  'core: files': 'core.health.of.files',
};

/** What is wrong, in words; what only a technician reads comes as it is, beside them. */
function saidOf(
  parts: CoreParts,
  ctx: RouteContext,
  { name, detail, error }: CheckResult,
): { readonly detail: string | null; readonly technical: string | null } {
  if (detail === null || error === undefined)
    return { detail: detail && saySentence(detail), technical: null };
  if (error instanceof DomainError) return { detail: sayError(error), technical: null };
  const { words } = moduleTexts(parts, ctx);
  return { detail: words.text(FAILURES[name] ?? 'core.health.failed.check'), technical: detail };
}

const FAILURES: Readonly<Record<string, string>> = {
  database: 'core.health.failed.database',
  'core: files': 'core.health.failed.files',
};

function reportView(parts: CoreParts, ctx: RouteContext, { module, report: said }: ModuleReport): object {
  const texts = moduleTexts(parts, ctx);
  const lines = said?.lines ?? [{ text: 'core.health.noReport' }];
  return {
    title: texts.name(module),
    lines: lines.map(({ text, values = {}, path = null }) =>
      attentionView(ctx, texts, { module, text, values, path }),
    ),
  };
}

async function report({ database, bus }: CoreParts, ctx: RouteContext): Promise<Report> {
  const checks = [
    {
      name: 'database',
      check: async () => {
        await database.system((tx) => tx.query('select 1'));
        return undefined;
      },
    },
    {
      name: 'messages between nodes',
      check: async () =>
        bus.isConnected ? undefined : 'The connection is lost; changes of other nodes are seen late.',
    },
    ...(ctx.snapshot as Snapshot).healthChecks.map(({ plugin, name, check }) => ({
      name: `${plugin}: ${name}`,
      check,
    })),
  ];
  const results = await Promise.all(checks.map(({ name, check }) => runCheck(name, () => check(ctx.now))));
  return { isHealthy: results.every(({ isHealthy }) => isHealthy), checkedAt: ctx.now, checks: results };
}

async function runCheck(name: string, check: () => Promise<string | undefined>): Promise<CheckResult> {
  const began = performance.now();
  const found = await check().then(
    (detail) => ({ detail: detail ?? null }),
    (error: unknown) => ({ detail: error instanceof Error ? error.message : String(error), error }),
  );
  return {
    name,
    isHealthy: found.detail === null,
    durationMs: Math.round(performance.now() - began),
    ...found,
  };
}
