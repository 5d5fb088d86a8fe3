import type { FieldError } from '../../errors/defineError.js';
import { MASK } from './secrets.js';
import type { SettingsField } from './settingsFields.js';

type Values = Readonly<Record<string, unknown>>;

/** What was sent, in the form that the schema takes; and what could not even be read as such. */
export interface ReadSettings {
  readonly values: Values;
  readonly errors: readonly FieldError[];
}

/** Name of the box that takes a stored secret away. */
export const removalOf = (name: string): string => `${name}Remove`;

/**
 * Reads a settings form: texts become numbers, lists, choices and values. An empty secret keeps what is stored,
 * unless its removal is ticked. Fields that the module does not have are kept, for the schema to refuse.
 */
export function readSettingsForm(fields: readonly SettingsField[], sent: Values): ReadSettings {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  const known = new Set(
    fields.flatMap(({ name, kind }) => (kind === 'secret' ? [name, removalOf(name)] : [name])),
  );
  for (const [name, value] of Object.entries(sent)) if (!known.has(name)) values[name] = value;
  for (const field of fields) {
    try {
      values[field.name] = read(field, sent);
    } catch (error) {
      errors.push({ path: field.name, message: (error as Error).message });
    }
  }
  return { values, errors };
}

function read(field: SettingsField, sent: Values): unknown {
  const given = sent[field.name];
  const text = typeof given === 'string' ? given.trim() : '';
  switch (field.kind) {
    case 'switch':
      return given === 'true' || given === 'on';
    case 'secret':
      if (sent[removalOf(field.name)] !== undefined) return '';
      return text === '' ? MASK : text;
    case 'choices':
      return given === undefined ? [] : [given].flat();
    case 'list':
      return text === ''
        ? []
        : text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    case 'number':
      return numberOf(field, text);
    case 'json':
      return field.isNullable && text === '' ? null : jsonOf(text);
    default:
      return field.isNullable && text === '' ? null : text;
  }
}

function numberOf({ isNullable }: SettingsField, text: string): number | null {
  if (text === '' && isNullable) return null;
  const value = Number(text.replace(',', '.'));
  if (text === '' || Number.isNaN(value)) throw new Error('core.settings.notANumber');
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('core.settings.notJson');
  }
}
