import type { FieldError } from '../../../errors/defineError.js';
import type { RouteContext } from '../../../kernel/route.js';
import { settingsFields, type SettingsField } from '../../../modules/settings/settingsFields.js';
import { removalOf } from '../../../modules/settings/settingsForm.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { moduleTexts, type ModuleTexts } from './moduleTexts.js';

type Values = Readonly<Record<string, unknown>>;

interface Form {
  readonly module: string;
  /** What was sent and could not be saved; left out: what is stored. */
  readonly typed?: Values;
  /** Translation key of why it could not be saved as a whole. */
  readonly problem?: string | null;
  readonly errors?: readonly FieldError[];
}

/** A module's settings as the form shows them. */
export function settingsView(
  parts: CoreParts,
  ctx: RouteContext,
  { module, typed, problem = null, errors = [] }: Form,
): Readonly<Record<string, unknown>> {
  const texts = moduleTexts(parts, ctx);
  const { words } = texts;
  const stored = parts.settings.shown(ctx, module);
  const fields = settingsFields(parts.settings.schemaOf(module));
  const known = new Set(fields.map(({ name }) => name));
  const unknown = errors.filter(({ path }) => !known.has(path.split('.')[0] as string));
  const here = ctx.links.to('admin', '/modules');
  return {
    title: words.text('core.modules.settings.title', { module: texts.name(module) }),
    text: texts.description(module),
    breadcrumbs: [
      { label: words.text('core.menu.modules'), href: here },
      { label: texts.name(module), href: null },
    ],
    isOff: !ctx.snapshot.isOn(module),
    action: ctx.links.to('admin', `/modules/${module}/settings`),
    cancelHref: here,
    version: parts.settings.version(ctx, module),
    isEditor: ctx.actor.kind === 'user' && ctx.actor.permissions.has('platform-admin.modules.edit'),
    problem: problemOf(texts, problem, errors.length, unknown),
    fields: fields.map((field) => ({
      ...fieldView(texts, module, field, stored, typed),
      error: errorOf(texts, field, errors),
    })),
  };
}

function problemOf(
  { words }: ModuleTexts,
  problem: string | null,
  count: number,
  unknown: readonly FieldError[],
): string | null {
  if (problem !== null) return words.text(problem);
  if (unknown.length > 0) return unknown.map(({ path, message }) => `${path}: ${message}`).join(' ');
  return count > 0 ? words.text('core.form.invalid', { count }) : null;
}

function fieldView(
  texts: ModuleTexts,
  module: string,
  field: SettingsField,
  stored: Values,
  typed: Values | undefined,
): Readonly<Record<string, unknown>> {
  const value = typed ? typed[field.name] : stored[field.name];
  const isStored = stored[field.name] !== '' && stored[field.name] !== undefined;
  const chosen = new Set([value ?? []].flat().map(String));
  return {
    name: `config.${field.name}`,
    kind: field.kind,
    label: texts.field(module, field),
    hint: hintOf(texts, module, field, isStored),
    required: field.isRequired || !(field.isNullable || field.kind === 'text' || field.kind === 'textarea'),
    value: field.kind === 'secret' ? '' : textOf(field, value),
    isOn: value === true || value === 'true',
    unit: unitOf(texts, field),
    min: field.min,
    max: field.max,
    step: field.isInteger ? 1 : 'any',
    removal: field.kind === 'secret' && isStored ? `config.${removalOf(field.name)}` : null,
    isStored,
    options: [
      ...(field.kind === 'select' && field.isNullable
        ? [{ value: '', label: '–', isChosen: value === null }]
        : []),
      ...field.options.map((option) => ({
        value: option,
        label: texts.option(module, field.name, option),
        isChosen: chosen.has(option),
      })),
    ],
  };
}

function hintOf(texts: ModuleTexts, module: string, field: SettingsField, isStored: boolean): string | null {
  const own = texts.fieldHint(module, field);
  const usual =
    field.kind === 'secret' && isStored
      ? texts.words.text('core.modules.settings.keepSecret')
      : field.kind === 'list'
        ? texts.words.text('core.modules.settings.onePerLine')
        : null;
  return [own, usual].filter((part) => part !== null).join(' ') || null;
}

function unitOf({ words }: ModuleTexts, { unit }: SettingsField): string | null {
  if (unit === null) return null;
  const key = `core.units.${unit}`;
  return words.has(key) ? words.text(key) : unit;
}

/** As it was typed, or as it is stored, in the form's notation. */
function textOf({ kind }: SettingsField, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (kind === 'list' && Array.isArray(value)) return value.join('\n');
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

function errorOf({ words }: ModuleTexts, field: SettingsField, errors: readonly FieldError[]): string | null {
  const error = errors.find(({ path }) => path === field.name || path.startsWith(`${field.name}.`));
  if (!error) return null;
  if (words.has(error.message)) return words.text(error.message);
  if (field.kind === 'number' && field.min !== null && field.max !== null)
    return words.text('core.modules.settings.range', { min: field.min, max: field.max });
  return error.message;
}
