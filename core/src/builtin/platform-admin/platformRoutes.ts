import { z } from 'zod';
import { Conflict, PermissionDenied } from '../../errors/common.js';
import { LANGUAGES } from '../../kernel/context.js';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { platformChange, platformInput } from '../../tenancy/tenantInputs.js';
import { themeSchema } from '../../tenancy/theme/themeSchema.js';
import type { CoreParts } from '../core/CoreParts.js';
import { visiblePlatforms } from '../core/visiblePlatforms.js';

const language = z.enum(LANGUAGES);
const platformSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  host: z.string(),
  isActive: z.boolean(),
  defaultLanguage: language,
  languages: z.array(language),
  theme: themeSchema,
  settings: z.record(z.string(), z.unknown()),
  revision: z.int(),
});
const listItem = z.object({
  name: z.string(),
  code: z.string(),
  domain: z.string().nullable(),
  isActive: z.boolean(),
  storeCount: z.int(),
  moduleCount: z.int(),
});

/** Platforms above all, and one platform's own facts. */
export const platformRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/platforms',
    surface: 'admin',
    scope: 'global',
    kind: 'api',
    access: 'signed-in',
    summary: 'The platforms that one may administer',
    output: z.object({ items: z.array(listItem) }),
    handle: async (ctx) => ({
      items: (await visiblePlatforms(parts, ctx)).map(
        ({ href: _href, siteHref: _siteHref, ...platform }) => platform,
      ),
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/platforms',
    surface: 'admin',
    scope: 'global',
    kind: 'api',
    access: 'platform-admin.platforms.create',
    status: 201,
    summary: 'Add a platform composed by an installed host package',
    input: platformInput,
    output: platformSchema,
    errors: [Conflict],
    example: {
      code: 'bakeries',
      name: 'Bakeries',
      domain: 'bakeries.example',
      host: 'site-builder',
      defaultLanguage: 'en',
      languages: ['en', 'fr', 'de'],
      theme: {
        name: 'Plain',
        colors: {
          primary: '#1f6feb',
          secondary: '#334155',
          accent: '#0891b2',
          background: '#ffffff',
          text: '#0f172a',
        },
      },
    },
    handle: async (ctx, input) => {
      const platform = await parts.platforms.create(ctx, input);
      await parts.platformSetup.bring(platform.id);
      return platform;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.platforms.view',
    summary: 'One platform',
    output: platformSchema,
    handle: (ctx) => parts.platforms.get(ctx),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.platforms.edit',
    summary: 'Change name, domain, languages, theme or settings; what is left out stays',
    input: platformChange,
    output: platformSchema,
    errors: [Conflict],
    example: { name: 'Wizamart OMS', languages: ['en', 'fr', 'de', 'lb'] },
    handle: (ctx, input) => {
      // A platform's address and existence are the provider's, not its administrators'.
      if (input.domain !== undefined) requireSuperAdmin(ctx);
      return parts.platforms.update(ctx, input);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/active',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.platforms.edit',
    summary: 'Switch a platform on or off; off, its addresses answer 404 and its data stay',
    input: z.object({ isActive: z.boolean() }),
    output: platformSchema,
    example: { isActive: true },
    handle: (ctx, { isActive }) => {
      requireSuperAdmin(ctx);
      return parts.platforms.setActive(ctx, isActive);
    },
  }),
];

/** A platform's address and existence are the provider's. @throws {PermissionDenied} */
export function requireSuperAdmin({ actor }: RouteContext): void {
  if (actor.kind !== 'user' || !actor.isSuperAdmin)
    throw new PermissionDenied({ permission: 'platform-admin.platforms.create' });
}
