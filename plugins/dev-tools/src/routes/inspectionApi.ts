import { defineRoute, type Inspector, type RouteDefinition, z } from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';

const listeners = z.array(
  z.object({ name: z.string(), listeners: z.array(z.object({ plugin: z.string(), name: z.string() })) }),
);
const inspection = z.object({
  modules: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      version: z.string(),
      isOn: z.boolean(),
      reason: z.enum(['core', 'host', 'admin', 'missing', 'absent']),
      by: z.array(z.string()),
      needs: z.array(z.string()),
      usedBy: z.array(z.string()),
    }),
  ),
  events: listeners,
  hooks: listeners,
  jobs: z.array(
    z.object({
      name: z.string(),
      plugin: z.string(),
      schedule: z.string().nullable(),
      maxAttempts: z.int(),
    }),
  ),
});

/** The same facts for scripts. */
export const inspectionApi = (inspector: Inspector): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/dev-tools/inspection',
    surface: 'admin',
    kind: 'api',
    access: MAY_LOOK,
    summary: 'What the platform is made of: modules and why they are on, events, hooks, jobs',
    output: inspection,
    handle: (ctx) => ({
      modules: inspector.modules(ctx).map(({ code, name, version, why, needs, usedBy }) => ({
        code,
        name,
        version,
        ...why,
        needs,
        usedBy,
      })),
      events: inspector.events(ctx),
      hooks: inspector.hooks(ctx),
      jobs: inspector.jobs(ctx),
    }),
  }),
];
