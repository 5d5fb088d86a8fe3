import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { Conflict, NotFound } from '../../errors/common.js';
import type { PlatformRecord, TenantContext } from '../../kernel/context.js';
import { asPlatform } from '../asTenant.js';
import { takenInstead } from '../conflicts.js';
import { PLATFORM_COLUMNS, type PlatformRow } from '../directory/platformRows.js';
import { parseInput } from '../../errors/parseInput.js';
import {
  languagesCheck,
  platformChange,
  platformInput,
  type PlatformChange,
  type PlatformInput,
} from '../tenantInputs.js';
import { themeSchema, type Theme } from '../theme/themeSchema.js';
import type { TenancyParts } from './TenancyParts.js';

/** A platform as its administrators edit it: the theme as data. */
export interface PlatformDetails extends Omit<PlatformRecord, 'theme' | 'host'> {
  readonly host: string;
  readonly theme: Theme;
}

const taken = takenInstead({
  core_platform_pkey: 'This platform has been created already.',
  core_platform_code_unique: 'A platform with this code exists; choose another.',
  core_platform_domain_unique: 'Another platform has this domain; choose another.',
});

/** The provider's platforms. Creating one takes a host package that is installed; its modules are that package's. */
export class Platforms {
  constructor(
    private readonly parts: TenancyParts & {
      /** Codes of the host packages that run here. */
      readonly hosts: readonly string[];
    },
  ) {}

  /** All platforms in the order of their codes, inactive ones too; which of them to show is the caller's to say. */
  list(_ctx: TenantContext): readonly PlatformRecord[] {
    return this.parts.tenants.platforms();
  }

  /** The platform of the context, with its theme as data. */
  async get(ctx: TenantContext): Promise<PlatformDetails> {
    return this.parts.database.unit(ctx, (inside) => read(inside));
  }

  /**
   * Adds a platform; its first content is brought by who starts its modules.
   *
   * @param options.id of the new platform, where it was promised before; left out: a new one
   * @param options.also what belongs to it, in the same transaction: all of it is there, or nothing
   * @throws {InvalidInput} {@link Conflict} when id, code or domain are taken
   */
  async create(
    ctx: TenantContext,
    input: PlatformInput,
    {
      id = uuidv7(ctx.now),
      also,
    }: { readonly id?: string; readonly also?: (inside: InTransaction) => Promise<void> } = {},
  ): Promise<PlatformDetails> {
    const { theme, settings, ...fields } = parseInput(platformInput, input);
    if (!this.parts.hosts.includes(fields.host)) {
      throw new Conflict({
        reason: `The host package '${fields.host}' is not installed; choose one of ${this.parts.hosts.join(', ')}.`,
      });
    }
    await this.#refuseStoreDomain(fields.domain);
    const own = asPlatform(ctx, { ...ctx.platform, id, code: fields.code, name: fields.name });
    return this.parts.database.unit(own, async (inside) => {
      await inside.tx
        .query(
          `insert into core_platform (id, code, name, domain, host, default_language, languages, theme, settings, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
          [
            id,
            fields.code,
            fields.name,
            fields.domain,
            fields.host,
            fields.defaultLanguage,
            fields.languages,
            JSON.stringify(theme),
            JSON.stringify(settings),
            ctx.now,
          ],
        )
        .catch(taken);
      await also?.(inside);
      return this.#changed(inside, 'core.platform.create', undefined, { ...fields, theme: theme.name });
    });
  }

  /** Changes the platform of the context. @throws {InvalidInput | Conflict} nothing is changed then */
  async update(ctx: TenantContext, change: PlatformChange): Promise<PlatformDetails> {
    const wanted = parseInput(platformChange, change);
    await this.#refuseStoreDomain(wanted.domain ?? null);
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await read(inside, 'for update');
      const { contactEmail, ...fields } = withoutUndefined(wanted);
      const after = {
        ...before,
        ...fields,
        settings: withContact(fields.settings ?? before.settings, contactEmail),
      };
      parseInput(languagesCheck, { defaultLanguage: after.defaultLanguage, languages: [...after.languages] });
      await inside.tx
        .query(
          `update core_platform set name = $2, domain = $3, default_language = $4, languages = $5, theme = $6, settings = $7, updated_at = $8
         where id = $1`,
          [
            before.id,
            after.name,
            after.domain,
            after.defaultLanguage,
            after.languages,
            JSON.stringify(after.theme),
            JSON.stringify(after.settings),
            ctx.now,
          ],
        )
        .catch(taken);
      const from = { ...before, contactEmail: before.settings['contactEmail'] ?? null };
      return this.#changed(inside, 'core.platform.update', pick(from, wanted), wanted);
    });
  }

  /** Switches the context's platform on or off; off, its addresses answer 404 and its data stay. */
  async setActive(ctx: TenantContext, isActive: boolean): Promise<PlatformDetails> {
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await read(inside, 'for update');
      await inside.tx.query('update core_platform set is_active = $2, updated_at = $3 where id = $1', [
        before.id,
        isActive,
        ctx.now,
      ]);
      return this.#changed(
        inside,
        isActive ? 'core.platform.activate' : 'core.platform.deactivate',
        { isActive: before.isActive },
        { isActive },
      );
    });
  }

  async #changed(ctx: InTransaction, action: string, from: unknown, to: unknown): Promise<PlatformDetails> {
    const { id, name } = ctx.platform;
    await this.parts.audit.record(ctx, { action, subject: { type: 'platform', id, name }, from, to });
    await this.parts.tenants.changed(ctx.tx, { kind: 'platform', id });
    return read(ctx);
  }

  async #refuseStoreDomain(domain: string | null): Promise<void> {
    if (domain === null || !(await this.parts.tenants.storeByDomain(domain))) return;
    throw new Conflict({ reason: `'${domain}' is the domain of a store; it must be released there first.` });
  }
}

async function read(ctx: InTransaction, lock: 'for update' | '' = ''): Promise<PlatformDetails> {
  const [row] = await ctx.tx.query<PlatformRow & object>(
    `select ${PLATFORM_COLUMNS} from core_platform where id = $1 ${lock}`,
    [ctx.platform.id],
  );
  if (!row) throw new NotFound({ what: 'This platform' });
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    domain: row.domain,
    host: row.host,
    isActive: row.is_active,
    defaultLanguage: row.default_language,
    languages: row.languages,
    theme: themeSchema.parse(row.theme),
    settings: row.settings,
    revision: row.revision,
  };
}

/** @param contactEmail undefined: stays; null: goes */
function withContact(
  settings: Readonly<Record<string, unknown>>,
  contactEmail: string | null | undefined,
): Readonly<Record<string, unknown>> {
  if (contactEmail === undefined) return settings;
  const { contactEmail: _before, ...others } = settings;
  return contactEmail === null ? others : { ...others, contactEmail };
}

/** The fields of `all` that `change` names. */
export function pick(all: object, change: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(all).filter(([key]) => (change as Record<string, unknown>)[key] !== undefined),
  );
}

export function withoutUndefined<Value extends object>(
  value: Value,
): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
