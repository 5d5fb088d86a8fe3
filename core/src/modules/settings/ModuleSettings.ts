import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { TenantContext } from '../../kernel/context.js';
import { parseInput } from '../../errors/parseInput.js';
import { ModuleHasNoSettings } from '../enablement/errors.js';
import type { ModuleStates } from '../enablement/ModuleStates.js';
import { MASK, type SecretBox, secretFields } from './secrets.js';

type Values = Readonly<Record<string, unknown>>;

/** Reads and checks the settings that a platform has for a module. */
export class ModuleSettings {
  /** Parsed settings by the stored object they came from; stored objects are replaced, never changed. */
  readonly #parsed = new WeakMap<object, Values>();
  readonly #defaults = new Map<string, Values>();

  constructor(
    private readonly states: ModuleStates,
    private readonly box: SecretBox,
  ) {}

  /** The module's settings on the platform of `ctx`, with defaults and with secrets in the clear. */
  of<Settings extends Values = Values>(ctx: TenantContext, module: string): Settings {
    const stored = this.states.get(ctx.platform.id)?.configs.get(module);
    if (!stored) return this.#default(module) as Settings;
    const known = this.#parsed.get(stored);
    if (known) return known as Settings;
    const parsed = this.schemaOf(module).parse(this.#opened(module, stored)) as Values;
    this.#parsed.set(stored, parsed);
    return parsed as Settings;
  }

  /** Changes whenever the module's settings on the platform of `ctx` do. */
  version(ctx: TenantContext, module: string): string {
    return versionOf(this.states.get(ctx.platform.id)?.configs.get(module));
  }

  /** As {@link of}, with secrets masked: what may be shown. */
  shown(ctx: TenantContext, module: string): Values {
    const values: Record<string, unknown> = { ...this.of(ctx, module) };
    for (const name of secretFields(this.schemaOf(module))) if (values[name]) values[name] = MASK;
    return values;
  }

  /**
   * Checks new settings and gives the form in which they are stored.
   *
   * @throws {InvalidInput} with one entry per field; unknown fields are refused
   */
  toStored(ctx: TenantContext, module: string, input: unknown): Values {
    const schema = this.schemaOf(module);
    const secrets = secretFields(schema);
    const given = { ...(input as Record<string, unknown>) };
    const current = this.of(ctx, module);
    for (const name of secrets) if (given[name] === MASK) given[name] = current[name];
    const stored: Record<string, unknown> = { ...parseInput(strict(schema), given) };
    for (const name of secrets)
      if (typeof stored[name] === 'string') stored[name] = this.box.seal(stored[name], `${module}.${name}`);
    return stored;
  }

  /** The fields that differ between two stored forms, secrets masked: fit for the audit trail. */
  difference(
    module: string,
    stored: Values | null | undefined,
    next: Values,
  ): { readonly from: Values; readonly to: Values } {
    const schema = this.schemaOf(module);
    const before = stored ? (schema.parse(this.#opened(module, stored)) as Values) : this.#default(module);
    const after = schema.parse(this.#opened(module, next)) as Values;
    const secrets = new Set(secretFields(schema));
    const from: Record<string, unknown> = {};
    const to: Record<string, unknown> = {};
    for (const name of Object.keys(after)) {
      if (isDeepStrictEqual(before[name], after[name])) continue;
      from[name] = secrets.has(name) && before[name] ? MASK : before[name];
      to[name] = secrets.has(name) && after[name] ? MASK : after[name];
    }
    return { from, to };
  }

  /** @throws {ModuleHasNoSettings} */
  schemaOf(module: string): z.ZodObject {
    const schema = this.states.snapshots.graph.plugins.get(module)?.settings;
    if (!schema) throw new ModuleHasNoSettings({ module });
    return schema;
  }

  #opened(module: string, stored: Values): Values {
    const values: Record<string, unknown> = { ...stored };
    for (const name of secretFields(this.schemaOf(module))) {
      if (typeof values[name] === 'string') values[name] = this.box.open(values[name], `${module}.${name}`);
    }
    return values;
  }

  #default(module: string): Values {
    let values = this.#defaults.get(module);
    if (!values) this.#defaults.set(module, (values = this.schemaOf(module).parse({}) as Values));
    return values;
  }
}

/** Of settings as they are stored; `default` where nothing is. */
export const versionOf = (stored: Values | null | undefined): string =>
  stored ? createHash('sha256').update(JSON.stringify(stored)).digest('hex').slice(0, 16) : 'default';

/** Unknown fields are refused; what the schema checks across fields stays checked. */
const strict = (schema: z.ZodObject): z.ZodObject => schema.strict();
