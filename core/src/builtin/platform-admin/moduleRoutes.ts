import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import {
  ModuleConflict,
  ModuleContradiction,
  ModuleHasNoSettings,
  ModuleIsCore,
  ModulePathConflict,
  ModulePlanIncomplete,
  ModulePlanStale,
  ModuleUnknown,
} from '../../modules/enablement/errors.js';
import type { CoreParts } from '../core/CoreParts.js';

const codes = z.array(z.string().min(1).max(50)).max(100).default([]);
const surface = z.object({
  pages: z.array(z.string()),
  apiRoutes: z.array(z.string()),
  menuItems: z.array(z.string()),
  permissions: z.array(z.string()),
  features: z.array(z.string()),
  jobs: z.array(z.string()),
  widgets: z.array(z.string()),
});
const planSchema = z.object({
  revision: z.int(),
  enable: z.array(z.string()),
  disable: z.array(z.string()),
  alsoEnable: z.array(z.string()),
  alsoDisable: z.array(z.string()),
  impact: z.object({ appears: surface, disappears: surface, stores: z.int(), dataKept: z.literal(true) }),
});
const listSchema = z.object({
  revision: z.int(),
  modules: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      description: z.string(),
      version: z.string(),
      group: z.string(),
      isCore: z.boolean(),
      isOn: z.boolean(),
      needs: z.array(z.string()),
      usedBy: z.array(z.string()),
      features: z.array(z.string()),
      hasSettings: z.boolean(),
    }),
  ),
});
const refusals = [ModuleUnknown, ModuleIsCore, ModuleContradiction, ModuleConflict, ModulePathConflict];
const moduleCode = z.string().min(1).max(50);

/** Turning modules on and off, and their settings. */
export const moduleRoutes = ({ modules, settings }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/modules',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.view',
    summary: 'The platform’s modules, with the revision that a plan is made for',
    output: listSchema,
    handle: (ctx) => modules.list(ctx),
  }),
  defineRoute({
    method: 'GET',
    path: '/modules/nodes',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.view',
    summary: 'Which revision each running process serves',
    output: z.object({
      nodes: z.array(z.object({ node: z.string(), revision: z.int().nullable(), seenAt: z.date() })),
    }),
    handle: async (ctx) => ({ nodes: await modules.nodes(ctx) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/modules/plan',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.edit',
    summary: 'What a change would take along, and what appears or disappears',
    input: z.object({ enable: codes, disable: codes }),
    output: planSchema,
    example: { enable: [], disable: ['cms'] },
    errors: refusals,
    handle: (ctx, input) => modules.plan(ctx, input),
  }),
  defineRoute({
    method: 'POST',
    path: '/modules/apply',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.edit',
    summary: 'Make a planned change; the whole of it must be named',
    input: z.object({ enable: codes, disable: codes, revision: z.int().min(0) }),
    output: listSchema,
    example: { enable: [], disable: ['cms'], revision: 1 },
    errors: [...refusals, ModulePlanStale, ModulePlanIncomplete],
    handle: (ctx, input) => modules.apply(ctx, input),
  }),
  defineRoute({
    method: 'GET',
    path: '/modules/:module/config',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.view',
    summary: 'A module’s settings; secrets are masked',
    input: z.object({ module: moduleCode }),
    example: { module: 'cms' },
    errors: [ModuleHasNoSettings],
    output: z.object({
      module: z.string(),
      config: z.record(z.string(), z.unknown()),
      schema: z.record(z.string(), z.unknown()),
    }),
    handle: (ctx, { module }) => ({
      module,
      config: settings.shown(ctx, module),
      schema: z.toJSONSchema(settings.schemaOf(module), { io: 'input' }),
    }),
  }),
  defineRoute({
    method: 'PUT',
    path: '/modules/:module/config',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.modules.edit',
    summary: 'Replace a module’s settings; a masked secret stays as it is',
    input: z.object({ module: moduleCode, config: z.record(z.string(), z.unknown()) }),
    example: { module: 'cms', config: {} },
    errors: [ModuleHasNoSettings, ModuleUnknown],
    output: z.object({ module: z.string(), config: z.record(z.string(), z.unknown()) }),
    handle: async (ctx, { module, config }) => ({
      module,
      config: await modules.configure(ctx, module, config),
    }),
  }),
];
