import { z } from 'zod';
import { secretFields } from './secrets.js';

export type SettingsFieldKind =
  'text' | 'textarea' | 'number' | 'switch' | 'select' | 'choices' | 'list' | 'secret' | 'json';

/** One field of a module's settings, as a form shows it; read from the module's own schema. */
export interface SettingsField {
  readonly name: string;
  readonly kind: SettingsFieldKind;
  /** Has to be filled in before the module can do its work; the schema says so by `.meta({ required: true })`. */
  readonly isRequired: boolean;
  /** `''` stands for null. */
  readonly isNullable: boolean;
  /** From `.meta({ unit: 'minutes' })`; null for none. */
  readonly unit: string | null;
  /** From `.meta({ title })`: what it is called where there is no translation; null for none. */
  readonly title: string | null;
  readonly description: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly isInteger: boolean;
  readonly maxLength: number | null;
  /** Of `select` and `choices`. */
  readonly options: readonly string[];
}

interface JsonField {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonField[];
  readonly items?: JsonField;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly required?: boolean;
  readonly multiline?: boolean;
}

const described = new WeakMap<z.ZodObject, readonly SettingsField[]>();

/** The fields of a settings schema, in its order; worked out once per schema. */
export function settingsFields(schema: z.ZodObject): readonly SettingsField[] {
  let fields = described.get(schema);
  if (!fields) described.set(schema, (fields = describe(schema)));
  return fields;
}

/** Names of the fields that must be filled in and are not. */
export function missingSettings(schema: z.ZodObject, values: Readonly<Record<string, unknown>>): string[] {
  return settingsFields(schema)
    .filter(({ isRequired, name }) => isRequired && isEmpty(values[name]))
    .map(({ name }) => name);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function describe(schema: z.ZodObject): readonly SettingsField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const secrets = new Set(secretFields(schema));
  return Object.entries(properties).map(([name, property]) => {
    const given = property as unknown as JsonField;
    const types = [given.type ?? []].flat();
    const value = given.anyOf?.find(({ type }) => type !== 'null') ?? given;
    return {
      name,
      kind: secrets.has(name) ? 'secret' : kindOf(given, value),
      isRequired: given.required === true,
      isNullable: types.includes('null') || (given.anyOf ?? []).some(({ type }) => type === 'null'),
      unit: given.unit ?? null,
      title: given.title ?? null,
      description: given.description ?? null,
      min: value.minimum ?? null,
      max: value.maximum !== undefined && value.maximum < Number.MAX_SAFE_INTEGER ? value.maximum : null,
      isInteger: [value.type ?? []].flat().includes('integer'),
      maxLength: value.maxLength ?? null,
      options: (value.enum ?? value.items?.enum ?? []).map(String),
    };
  });
}

function kindOf(given: JsonField, value: JsonField): SettingsFieldKind {
  const [type] = [value.type ?? []].flat().filter((one) => one !== 'null');
  if (value.enum) return 'select';
  switch (type) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return given.multiline === true || (value.maxLength ?? 0) > 300 ? 'textarea' : 'text';
    case 'array':
      if (value.items?.enum) return 'choices';
      return value.items?.type === 'string' ? 'list' : 'json';
    default:
      return 'json';
  }
}
