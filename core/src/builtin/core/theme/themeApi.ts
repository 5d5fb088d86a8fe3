import { z } from 'zod';
import { defineRoute, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import { contrastReport } from '../../../tenancy/theme/contrastReport.js';
import { themeSchema } from '../../../tenancy/theme/themeSchema.js';
import type { ThemeState } from '../../../tenancy/theme/Themes.js';
import { pageInput } from '../../listInput.js';
import type { CoreParts } from '../CoreParts.js';
import { previewToken } from './previewToken.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';
import { editedTheme } from './themeView.js';

const revision = z.int().min(0);
const example = {
  theme: {
    name: 'Sea',
    colors: {
      primary: '#0f766e',
      secondary: '#334155',
      accent: '#f59e0b',
      background: '#ffffff',
      text: '#0f172a',
    },
  },
};
const themeOutput = z.object({ theme: themeSchema.nullable() });
const stateOutput = z.object({
  live: themeSchema.nullable(),
  inherited: themeSchema.nullable(),
  draft: z.object({ theme: themeSchema.nullable(), at: z.date(), by: z.string().nullable() }).nullable(),
  revision,
  preview: z.string(),
  contrast: z.array(
    z.object({
      scheme: z.enum(['light', 'dark']),
      isMet: z.boolean(),
      rows: z.array(
        z.object({
          text: z.string(),
          ground: z.string(),
          textColor: z.string(),
          groundColor: z.string(),
          ratio: z.number(),
          least: z.number(),
          instead: z.object({ color: z.string(), ratio: z.number() }).nullable(),
        }),
      ),
    }),
  ),
});
const versionOutput = z.object({
  number: z.int(),
  theme: themeSchema.nullable(),
  publishedAt: z.date(),
  publishedBy: z.string(),
});
const CHANGED = { code: 'CORE_THEME_CHANGED', status: 409 } as const;

/** Draft and live theme of a store or a platform. */
export function themeApi(parts: CoreParts, desk: ThemeDesk): RouteDefinition[] {
  const { themes } = parts;
  const { view, edit, publish } = desk.permissions;
  const whose = desk.surface === 'store' ? 'the store' : 'the platform';
  const common = { surface: desk.surface, kind: 'api' } as const;
  const answer = (ctx: RouteContext, state: ThemeState): object => ({
    ...state,
    preview: deskHref(ctx, desk, `/preview/${previewToken(parts.signatures, ctx, 'light')}`),
    contrast: contrastReport(editedTheme(state)),
  });
  const theme = desk.surface === 'store' ? themeSchema.nullable() : themeSchema;
  return [
    defineRoute({
      ...common,
      method: 'PUT',
      path: desk.base,
      access: publish,
      summary: `Set the theme of ${whose} at once; a draft is given up`,
      input: z.object({ theme }),
      output: themeOutput,
      example,
      handle: async (ctx, input) => ({ theme: (await themes.replace(ctx, input.theme)).live }),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: desk.base,
      access: view,
      summary: `The theme of ${whose} as visitors see it; null means the platform’s`,
      output: themeOutput,
      handle: async (ctx) => ({ theme: (await themes.state(ctx)).live }),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${desk.base}/draft`,
      access: view,
      summary: `Draft and live theme of ${whose}, how well the draft can be read, and where it is previewed`,
      output: stateOutput,
      handle: async (ctx) => answer(ctx, await themes.state(ctx)),
    }),
    defineRoute({
      ...common,
      method: 'PUT',
      path: `${desk.base}/draft`,
      access: edit,
      summary: `Keep a draft of the theme of ${whose}`,
      input: z.object({ theme, revision }),
      output: stateOutput,
      example: { ...example, revision: 0 },
      errors: [CHANGED],
      handle: async (ctx, input) => answer(ctx, await themes.saveDraft(ctx, input)),
    }),
    defineRoute({
      ...common,
      method: 'DELETE',
      path: `${desk.base}/draft`,
      access: edit,
      summary: `Give up the draft of the theme of ${whose}`,
      status: 204,
      input: z.object({ revision: z.coerce.number().int().min(0) }),
      example: { revision: 1 },
      errors: [CHANGED],
      handle: async (ctx, input) => void (await themes.discardDraft(ctx, input)),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/publish`,
      access: publish,
      summary: `Show the draft of the theme of ${whose} to visitors`,
      input: z.object({ revision }),
      output: stateOutput,
      example: { revision: 1 },
      errors: [CHANGED, { code: 'CORE_THEME_NO_DRAFT', status: 409 }],
      handle: async (ctx, input) => answer(ctx, await themes.publish(ctx, input)),
    }),
    defineRoute({
      ...common,
      method: 'GET',
      path: `${desk.base}/versions`,
      access: view,
      summary: `Themes that ${whose} published, newest first`,
      input: pageInput,
      output: z.object({
        items: z.array(versionOutput),
        total: z.int(),
        page: z.int(),
        perPage: z.int(),
      }),
      example: { page: 1, perPage: 20 },
      handle: (ctx, input) => themes.history(ctx, input),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/versions/:number/restore`,
      access: edit,
      summary: 'Make an earlier theme the draft',
      input: z.object({ number: z.coerce.number().int().min(1).max(1_000_000), revision }),
      output: stateOutput,
      example: { number: 1, revision: 1 },
      errors: [CHANGED],
      handle: async (ctx, input) => answer(ctx, await themes.restore(ctx, input)),
    }),
  ];
}
