import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import { DomainError, type FieldError } from '../../../errors/defineError.js';
import { sayFields } from '../../../errors/saying.js';
import { flash } from '../../../http/flash/flash.js';
import { LANGUAGES, type Language, type StoreContext } from '../../../kernel/context.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { LANGUAGE_NAMES } from '../../../render/PageFrame.js';
import type { Store } from '../../../tenancy/models/Store.js';
import type { CoreParts } from '../CoreParts.js';
import { contactOf } from './contact.js';

const text = z.string().max(300).default('');
const contact = z.strictObject({
  email: text,
  phone: text,
  line1: text,
  line2: text,
  postalCode: text,
  city: text,
});
const form = z.object({
  name: text,
  defaultLanguage: z.enum(LANGUAGES),
  /** One box sends a text, several a list. */
  languages: z.union([z.enum(LANGUAGES).transform((one) => [one]), z.array(z.enum(LANGUAGES))]).default([]),
  contact: contact.prefault({}),
});
type Form = z.output<typeof form>;

const CONTACT = ['email', 'phone', 'line1', 'line2', 'postalCode', 'city'] as const;

/** Name, languages and contact of a store, beside what the platform says about it. */
export function storeSettingsRoutes(parts: CoreParts): RouteDefinition[] {
  const common = { surface: 'store', kind: 'page', path: '/settings', menu: 'settings' } as const;
  return [
    defineRoute({
      ...common,
      method: 'GET',
      access: 'core.settings.view',
      handle: async (ctx) => {
        const store = await storeOf(parts, ctx);
        return settingsView(parts, ctx, store, formOf(store));
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      access: 'core.settings.edit',
      input: form,
      handle: async (ctx, input) => {
        try {
          await save(parts, ctx, input);
        } catch (error) {
          if (!(error instanceof DomainError) || error.status !== 422) throw error;
          return settingsView(parts, ctx, await storeOf(parts, ctx), input, sayFields(error));
        }
        return redirect(
          ctx.links.to('store', '/settings'),
          303,
          flash(ctx, { kind: 'success', key: 'core.form.saved' }),
        );
      },
      invalid: async (ctx, values, errors) => {
        const store = await storeOf(parts, ctx);
        return settingsView(parts, ctx, store, typed(values, formOf(store)), errors);
      },
    }),
  ];
}

/** Pages carry the store's name and languages: they are drawn anew. */
async function save(parts: CoreParts, ctx: RouteContext, input: Form): Promise<void> {
  const { store } = withStore(ctx);
  await parts.database.unit(ctx, async (inside) => {
    await parts.stores.update(inside, store.id, {
      name: input.name,
      defaultLanguage: input.defaultLanguage,
      languages: input.languages,
      contact: input.contact,
    });
    await parts.pageCache.invalidate(inside);
  });
}

function settingsView(
  { translator }: CoreParts,
  ctx: RouteContext,
  store: Store,
  values: Form,
  errors: readonly FieldError[] = [],
): View {
  const t = (key: string): string => translator.t(ctx.language, key, undefined, ctx.platform.defaultLanguage);
  const errorOf = (path: string): string | null =>
    errors.find((error) => error.path === path || error.path.startsWith(`${path}.`))?.message ?? null;
  const { actor } = ctx;
  const here = withStore(ctx).store;
  return view(
    'core/store-settings',
    {
      action: ctx.links.to('store', '/settings'),
      mayEdit: actor.kind === 'user' && actor.permissions.has('core.settings.edit'),
      themeHref: ctx.links.to('store', '/theme'),
      status: store.status,
      statusReason: store.statusReason,
      statusKind: { active: 'success', suspended: 'warning', inactive: 'neutral' }[store.status],
      name: { value: values.name, error: errorOf('name') },
      languages: LANGUAGES.map((code) => ({
        code,
        name: LANGUAGE_NAMES[code],
        isChecked: values.languages.includes(code),
      })),
      languagesError: errorOf('languages'),
      defaultLanguage: {
        name: 'defaultLanguage',
        label: t('core.settings.defaultLanguage'),
        value: values.defaultLanguage,
        error: errorOf('defaultLanguage'),
        options: LANGUAGES.map((code) => ({ value: code, label: LANGUAGE_NAMES[code] })),
      },
      contact: CONTACT.map((name) => ({
        name: `contact.${name}`,
        label: t(`core.settings.contact.${name}`),
        type: name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text',
        value: values.contact[name],
        error: errorOf(`contact.${name}`),
      })),
      facts: [
        { label: t('core.settings.address'), text: hostOf(ctx), href: ctx.links.to('storefront', '/') },
        { label: t('core.settings.code'), text: store.code, href: null },
        { label: t('core.settings.platform'), text: ctx.platform.name, href: null },
        { label: t('core.settings.merchant'), text: here.merchant.name, href: null },
      ],
    },
    errors.length > 0 ? { status: 422 } : {},
  );
}

const hostOf = (ctx: RouteContext): string => ctx.links.canonical('/').replace(/^https?:\/\//, '');

const storeOf = (parts: CoreParts, ctx: RouteContext): Promise<Store> =>
  parts.stores.get(ctx, withStore(ctx).store.id);

function withStore(ctx: RouteContext): Pick<StoreContext, 'store'> {
  if (!ctx.store) throw new NotFound({});
  return { store: ctx.store };
}

const formOf = (store: Store): Form => ({
  name: store.name,
  defaultLanguage: store.defaultLanguage,
  languages: [...store.languages],
  contact: contactOf(store),
});

/** What was sent, also where the schema refuses it; what did not come, or has another shape, as it stands. */
function typed(values: Readonly<Record<string, unknown>>, stands: Form): Form {
  const sent = isFields(values['contact']) ? values['contact'] : {};
  const languages = new Set([values['languages']].flat());
  return {
    name: textOf(values['name'], stands.name),
    defaultLanguage: languageOf(values['defaultLanguage']) ?? stands.defaultLanguage,
    languages: LANGUAGES.filter((code) => languages.has(code)),
    contact: Object.fromEntries(
      CONTACT.map((name) => [name, textOf(sent[name], stands.contact[name])]),
    ) as Form['contact'],
  };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (sent: unknown, stands: string): string => (typeof sent === 'string' ? sent : stands);

const languageOf = (sent: unknown): Language | undefined => LANGUAGES.find((code) => code === sent);
