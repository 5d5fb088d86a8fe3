import type { FieldError } from '../../../errors/defineError.js';
import type { RouteContext } from '../../../kernel/route.js';
import {
  contrastReport,
  type ContrastRow,
  type SchemeContrast,
} from '../../../tenancy/theme/contrastReport.js';
import { type BUNDLED_FONTS, FONT_NAMES, bundledFont } from '../../../tenancy/theme/fonts.js';
import {
  GRIDS,
  HEADER_STYLES,
  RADII,
  themeSchema,
  WIDTHS,
  type Theme,
  type ThemeColors,
} from '../../../tenancy/theme/themeSchema.js';
import type { PictureKind, ThemeState } from '../../../tenancy/theme/Themes.js';
import type { CoreParts } from '../CoreParts.js';
import type { PictureChoice } from '../../../kernel/pictureChoices.js';
import { wordsOf, type Words } from '../../views/words.js';
import { COLORS, colorContrast, contrastId } from './colorContrast.js';
import { presetCards } from './presetCards.js';
import { previewToken } from './previewToken.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';
import { themeErrors } from './themeErrors.js';
import { formOfTheme, themeOfForm, type ThemeForm } from './themeForm.js';

export interface ThemeEditor {
  readonly desk: ThemeDesk;
  readonly state: ThemeState;
  /** What was typed; undefined: what is being edited. */
  readonly typed?: ThemeForm | undefined;
  readonly errors?: readonly FieldError[];
  readonly problem?: string | null;
  /** Somebody else was faster: what they made of it. */
  readonly isStale?: boolean;
  readonly choices: readonly PictureChoice[];
}

const PICTURES: readonly PictureKind[] = ['logo', 'favicon', 'banner'];
/** What is drawn anew after each change, beside the form that must keep what is being typed. */
const LIVE = [
  ...['theme-contrast-card', 'theme-presets-card', 'theme-draft', 'theme-frames', 'theme-said', 'toasts'],
  ...(['colors', 'dark'] as const).flatMap((group) => COLORS.map((color) => contrastId(group, color))),
]
  .map((id) => `#${id}`)
  .join();
const LAYOUT = { header: HEADER_STYLES, width: WIDTHS, radius: RADII, grid: GRIDS } as const;

/** The theme that the editor starts from. */
export const editedTheme = ({ draft, live, inherited }: ThemeState): Theme =>
  (draft ? draft.theme : live) ?? (inherited as Theme);

/** What the template `theme` needs. */
export function themeView(parts: CoreParts, ctx: RouteContext, editor: ThemeEditor): Record<string, unknown> {
  const { desk, state } = editor;
  const t = wordsOf(parts, ctx);
  const edited = editedTheme(state);
  const form = editor.typed ?? formOfTheme(edited, state.revision);
  const errors = themeErrors(editor.errors ?? [], t);
  const errorOf = (path: string): string | null =>
    errors.find((error) => error.path === path)?.message ?? null;
  // What was typed may not be a theme yet: then the numbers are those of the one before.
  const { data: measured = edited } = themeSchema.safeParse(themeOfForm(form, edited));
  const reports = contrastReport(measured);
  const to = (path: string): string => deskHref(ctx, desk, path);
  const choice = (group: 'fonts' | 'layout', name: string, value: string, options: readonly string[]) => ({
    name: `${group}.${name}`,
    label: t(`core.theme.${group}.${name}`),
    value,
    error: errorOf(`${group}.${name}`),
    options: options.map((option) => ({
      value: option,
      label:
        group === 'fonts'
          ? (bundledFont(option as keyof typeof BUNDLED_FONTS)?.family ?? t(`core.theme.font.${option}`))
          : t(`core.theme.${name}.${option}`),
    })),
  });
  return {
    titleKey: `core.theme.title.${desk.surface}`,
    textKey: `core.theme.text.${desk.surface}`,
    isStore: desk.surface === 'store',
    action: to(''),
    publishAction: to('/publish'),
    discardAction: to('/discard'),
    inheritAction: to('/inherit'),
    historyHref: to('/history'),
    siteHref: ctx.links.to(desk.site, '/'),
    mayEdit: may(ctx, desk.permissions.edit),
    mayPublish: may(ctx, desk.permissions.publish),
    revision: state.revision,
    hasDraft: state.draft !== null,
    draftedAt: state.draft?.at ?? null,
    draftedBy: state.draft?.by ?? null,
    isInherited: desk.surface === 'store' && (state.draft ? state.draft.theme === null : state.live === null),
    problem: editor.problem ?? null,
    isStale: editor.isStale ?? false,
    refused: refusedOf({ errors, problem: editor.problem }, t),
    name: { value: form.name, error: errorOf('name') },
    palettes: (['colors', 'dark'] as const).map((group) =>
      paletteOf(group, form[group], { t, errorOf, report: reports[group === 'dark' ? 1 : 0] }),
    ),
    live: LIVE,
    hasDark: form.hasDark === 'true',
    fonts: [
      choice('fonts', 'heading', form.fonts.heading, FONT_NAMES),
      choice('fonts', 'body', form.fonts.body, FONT_NAMES),
    ],
    layout: (Object.keys(LAYOUT) as (keyof typeof LAYOUT)[]).map((name) =>
      choice('layout', name, form.layout[name], LAYOUT[name]),
    ),
    presetAction: to('/preset'),
    presets: presetCards(edited, t),
    pictures: PICTURES.map((kind) => pictureOf(parts, ctx, desk, edited, kind, editor.choices, errorOf, t)),
    contrast: reports.map(({ scheme, rows, isMet }) => ({
      scheme,
      label: t(`core.theme.scheme.${scheme}`),
      isMet,
      rows: rows.map((row) => contrastView(row, t)),
    })),
    previews: (['light', 'dark'] as const).map((scheme) => ({
      scheme,
      label: t(`core.theme.scheme.${scheme}`),
      // The revision makes the frame load anew after each change.
      src:
        scheme === 'dark' && measured.dark === null
          ? null
          : `${to(`/preview/${previewToken(parts.signatures, ctx, scheme)}`)}?v=${state.revision}`,
    })),
  };
}

/** What stands beside the save bar, in sight wherever the mistake was made. */
function refusedOf(
  { errors, problem }: { errors: readonly FieldError[]; problem: string | null | undefined },
  t: Words,
): object[] {
  const known = (path: string): string | null => {
    const [group = '', name = ''] = path.split('.');
    if (path === 'name') return t('core.theme.name');
    if (group === 'colors') return t(`core.theme.color.${name}`);
    if (group === 'dark' && name) return `${t(`core.theme.color.${name}`)} (${t('core.theme.scheme.dark')})`;
    return ['fonts', 'layout'].includes(group) && name ? t(`core.theme.${group}.${name}`) : null;
  };
  const fields = errors.map(({ path, message }) => ({ label: known(path), text: message }));
  return fields.length > 0 || !problem ? fields : [{ label: null, text: problem }];
}

function paletteOf(
  group: 'colors' | 'dark',
  colors: Readonly<Record<keyof ThemeColors, string>>,
  {
    t,
    errorOf,
    report,
  }: {
    readonly t: Words;
    readonly errorOf: (path: string) => string | null;
    readonly report: SchemeContrast | undefined;
  },
): Record<string, unknown> {
  return {
    group,
    colors: COLORS.map((color) => ({
      name: `${group}.${color}`,
      label: t(`core.theme.color.${color}`),
      value: colors[color],
      error: errorOf(`${group}.${color}`),
      contrast: { id: contrastId(group, color), row: colorContrast(report, color, t) },
    })),
  };
}

function contrastView(row: ContrastRow, t: Words): Record<string, unknown> {
  const { text, ground, textColor, groundColor, ratio, least, instead } = row;
  return {
    text: t(`core.theme.role.${text}`),
    ground: t(`core.theme.role.${ground}`),
    textColor,
    groundColor,
    ratio,
    least,
    isMet: ratio >= least,
    insteadColor: instead?.color ?? null,
    insteadRatio: instead?.ratio ?? null,
  };
}

function pictureOf(
  parts: CoreParts,
  ctx: RouteContext,
  desk: ThemeDesk,
  { branding }: Theme,
  kind: PictureKind,
  choices: readonly PictureChoice[],
  errorOf: (path: string) => string | null,
  t: Words,
): Record<string, unknown> {
  const address = branding[kind];
  // Seen through the preview: the site may be on another origin, whose pictures this page may not show.
  const through = deskHref(ctx, desk, `/preview/${previewToken(parts.signatures, ctx, 'light')}`);
  return {
    kind,
    label: t(`core.theme.picture.${kind}`),
    hint: t(`core.theme.pictureHint.${kind}`),
    src: address?.startsWith('/') === true ? through + address : address,
    error: errorOf(`branding.${kind}`),
    action: deskHref(ctx, desk, `/pictures/${kind}`),
    removeAction: deskHref(ctx, desk, `/pictures/${kind}/remove`),
    chooseAction: deskHref(ctx, desk, `/pictures/${kind}/choose`),
    choices: choices.map(({ address: value, label, thumbnail }) => ({
      value,
      label,
      thumbnail: thumbnail.startsWith('/') ? through + thumbnail : thumbnail,
      isCurrent: value === address,
    })),
  };
}

const may = ({ actor }: RouteContext, permission: string): boolean =>
  actor.kind === 'user' && actor.permissions.has(permission);
