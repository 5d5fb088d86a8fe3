import { z } from 'zod';
import { DomainError, type FieldError } from '../../../errors/defineError.js';
import { sayError, sayFields } from '../../../errors/saying.js';
import { flash } from '../../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { ThemeChanged } from '../../../tenancy/theme/errors.js';
import { THEME_PRESETS } from '../../../tenancy/theme/presets.js';
import type { ThemeInput } from '../../../tenancy/theme/themeSchema.js';
import type { ThemeState } from '../../../tenancy/theme/Themes.js';
import type { CoreParts } from '../CoreParts.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';
import { themeFormInput, themeOfForm, type ThemeForm } from './themeForm.js';
import { editorView } from './editorView.js';
import { editedTheme, type ThemeEditor } from './themeView.js';

const revisionInput = z.object({ revision: z.coerce.number().int().min(0) });
const presets = Object.keys(THEME_PRESETS) as [keyof typeof THEME_PRESETS];

/** The theme editor: a form beside the site as its draft makes it look. Works without a script; with one it follows each change. */
export function themePages(parts: CoreParts, desk: ThemeDesk): RouteDefinition[] {
  const { themes } = parts;
  const common = { surface: desk.surface, kind: 'page', menu: desk.menu } as const;
  const { view: viewing, edit, publish } = desk.permissions;
  const show = (ctx: RouteContext, more: Partial<ThemeEditor> = {}, status = 200): Promise<View> =>
    editorView(parts, desk, ctx, more, status);
  const back = (ctx: RouteContext, done: string): Redirect =>
    redirect(deskHref(ctx, desk), 303, flash(ctx, { kind: 'success', key: `core.theme.done.${done}` }));
  /** What was asked, or the editor again with what was typed and why it was refused. */
  const orShow = async (
    ctx: RouteContext,
    typed: ThemeForm | undefined,
    work: () => Promise<Redirect>,
  ): Promise<View | Redirect> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || ![409, 422].includes(error.status)) throw error;
      return show(
        ctx,
        {
          typed,
          errors: sayFields(error),
          problem: error.errors ? null : sayError(error),
          isStale: error instanceof ThemeChanged,
        },
        error.status,
      );
    }
  };
  const keep = async (ctx: RouteContext, form: ThemeForm): Promise<ThemeState> =>
    themes.saveDraft(ctx, {
      theme: themeOfForm(form, editedTheme(await themes.state(ctx))),
      revision: form.revision,
    });
  const invalid = (
    ctx: RouteContext,
    values: Readonly<Record<string, unknown>>,
    errors: readonly FieldError[],
  ): Promise<View> => show(ctx, { typed: typedForm(values), errors }, 422);
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: desk.base,
      access: viewing,
      handle: (ctx) => show(ctx),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: desk.base,
      access: edit,
      input: themeFormInput,
      invalid,
      handle: (ctx, form) =>
        orShow(ctx, form, async () => {
          await keep(ctx, form);
          // What is kept while somebody tries colours is seen in the preview.
          return form.auto ? redirect(deskHref(ctx, desk)) : back(ctx, 'saved');
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/publish`,
      access: publish,
      input: themeFormInput,
      invalid,
      handle: (ctx, form) =>
        orShow(ctx, form, async () => {
          const { revision } = await keep(ctx, form);
          await themes.publish(ctx, { revision });
          return back(ctx, 'published');
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/discard`,
      access: edit,
      input: revisionInput,
      handle: (ctx, { revision }) =>
        orShow(ctx, undefined, async () => {
          await themes.discardDraft(ctx, { revision });
          return back(ctx, 'discarded');
        }),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/preset`,
      access: edit,
      input: revisionInput.extend({ preset: z.enum(presets) }),
      handle: (ctx, { revision, preset }) =>
        orShow(ctx, undefined, async () => {
          const { branding } = editedTheme(await themes.state(ctx));
          const theme: ThemeInput = { ...THEME_PRESETS[preset], branding };
          await themes.saveDraft(ctx, { theme, revision });
          return back(ctx, 'preset');
        }),
    }),
    ...(desk.surface === 'store'
      ? [
          defineRoute({
            ...common,
            method: 'POST',
            path: `${desk.base}/inherit`,
            access: edit,
            input: revisionInput,
            handle: (ctx, { revision }) =>
              orShow(ctx, undefined, async () => {
                await themes.saveDraft(ctx, { theme: null, revision });
                return back(ctx, 'inherited');
              }),
          }),
        ]
      : []),
  ];
}

/** What was typed, as far as it has the form's shape at all. */
function typedForm(values: Readonly<Record<string, unknown>>): ThemeForm | undefined {
  const known = Object.fromEntries(
    Object.entries(values).filter(([name]) => Object.hasOwn(themeFormInput.shape, name)),
  );
  return themeFormInput.safeParse(known).data;
}
