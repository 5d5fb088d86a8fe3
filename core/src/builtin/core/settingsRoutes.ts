import { z } from 'zod';
import type { FieldError } from '../../errors/defineError.js';
import { LANGUAGES, type Language } from '../../kernel/context.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../render/PageFrame.js';
import { THEME_PRESETS } from '../../tenancy/theme/presets.js';
import type { Theme } from '../../tenancy/theme/themeSchema.js';
import type { CoreParts } from './CoreParts.js';

const presets = Object.keys(THEME_PRESETS) as (keyof typeof THEME_PRESETS)[];
const form = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'The name has at most 100 characters.'),
  defaultLanguage: z.enum(LANGUAGES),
  theme: z.union([z.enum(presets), z.literal('')]).default(''),
});
interface Values {
  readonly name: string;
  readonly defaultLanguage: string;
  readonly theme: string;
}

/** Name, language and look of a platform. */
export const settingsRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/settings',
    surface: 'admin',
    kind: 'page',
    access: 'core.admin.view',
    menu: 'settings',
    handle: async (ctx) => {
      const { name, defaultLanguage, theme } = await parts.platforms.get(ctx);
      return settingsView(parts, ctx, { name, defaultLanguage, theme: presetOf(theme) });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/settings',
    surface: 'admin',
    kind: 'page',
    access: 'core.admin.edit',
    menu: 'settings',
    input: form,
    handle: async (ctx, input) => {
      await parts.platforms.update(ctx, {
        ...change(input),
        ...languagesWith(input.defaultLanguage, ctx.platform.languages),
      });
      return redirect(ctx.links.to('admin', '/settings'));
    },
    invalid: (ctx, values, errors) => settingsView(parts, ctx, typed(values), errors),
  }),
];

/** The preset that a theme is; empty for one of its own. */
const presetOf = (theme: Theme): string =>
  presets.find((name) => JSON.stringify(THEME_PRESETS[name].colors) === JSON.stringify(theme.colors)) ?? '';

/** An empty choice keeps the theme: it may be one of its own that no preset stands for. */
function change(input: z.output<typeof form>): { name: string; defaultLanguage: Language; theme?: Theme } {
  return {
    name: input.name,
    defaultLanguage: input.defaultLanguage,
    ...(input.theme === '' ? {} : { theme: THEME_PRESETS[input.theme] }),
  };
}

const languagesWith = (language: Language, languages: readonly Language[]): { languages?: Language[] } =>
  languages.includes(language) ? {} : { languages: [...languages, language] };

const typed = (values: Readonly<Record<string, unknown>>): Values => ({
  name: String(values['name'] ?? ''),
  defaultLanguage: String(values['defaultLanguage'] ?? ''),
  theme: String(values['theme'] ?? ''),
});

function settingsView(
  { translator }: CoreParts,
  ctx: RouteContext,
  values: Values,
  errors: readonly FieldError[] = [],
): View {
  const t = (key: string): string =>
    translator.t(ctx.language, `core.settings.${key}`, undefined, ctx.platform.defaultLanguage);
  const error = (name: string): string | null => errors.find(({ path }) => path === name)?.message ?? null;
  return view(
    'core/settings',
    {
      title: t('title'),
      text: t('text'),
      problem: null,
      action: ctx.links.to('admin', '/settings'),
      fields: [
        {
          name: 'name',
          label: t('name'),
          kind: 'text',
          value: values.name,
          error: error('name'),
          hint: null,
          required: true,
        },
        {
          name: 'defaultLanguage',
          label: t('defaultLanguage'),
          kind: 'select',
          value: values.defaultLanguage,
          error: error('defaultLanguage'),
          hint: null,
          options: LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] })),
        },
        {
          name: 'theme',
          label: t('theme'),
          kind: 'select',
          value: values.theme,
          error: error('theme'),
          hint: t('themeHint'),
          options: [
            { value: '', label: t('themeKeep') },
            ...presets.map((name) => ({
              value: name,
              label: translator.t(
                ctx.language,
                `core.theme.preset.${name}`,
                undefined,
                ctx.platform.defaultLanguage,
              ),
            })),
          ],
        },
      ],
    },
    errors.length > 0 ? { status: 422 } : {},
  );
}
