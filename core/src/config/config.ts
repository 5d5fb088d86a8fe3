import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { IdentitySettings } from '../identity/identitySettings.js';
import { FILES_URL_EXAMPLES, isFilesUrl } from '../files/openFileStore.js';

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const url = (protocols: RegExp, example: string): z.ZodString =>
  z.string().regex(protocols, `must look like ${example}`);
const postgres = url(/^postgres(ql)?:\/\//, 'postgresql://user:password@host:5432/database');

const DURATION = /^([1-9]\d{0,3})([mhd])$/;
const duration = z.string().regex(DURATION, 'must be a time such as 30m, 8h or 7d');
const lifetimes = z
  .string()
  .regex(
    /^[1-9]\d{0,3}[mhd]\/[1-9]\d{0,3}[mhd]$/,
    'must be two times, without a request and at most, such as 8h/7d',
  );

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000),
  HOST: z.string().min(1).default('127.0.0.1'),
  WIZAMART_DATA: z.string().min(1).default('./.data'),
  DATABASE_URL: postgres.optional(),
  DATABASE_OWNER_URL: postgres.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  DATABASE_DIRECT_URL: postgres.optional(),
  DATABASE_STATEMENT_NAMES: flag.default(true),
  WIZAMART_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits: node -p "crypto.randomBytes(32).toString(\'hex\')"')
    .optional(),
  WIZAMART_TRUST_PROXY: flag.default(false),
  WIZAMART_TLS_CHECK_TOKEN: z
    .string()
    .regex(/^[\w-]{20,200}$/, 'must be 20 to 200 letters, digits, dashes and underscores')
    .optional(),
  WIZAMART_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  WIZAMART_DEMO: flag.optional(),
  WIZAMART_PAGE_CACHE_MB: z.coerce.number().min(0).max(4096).default(32),
  FILES_URL: z.string().refine(isFilesUrl, `must look like ${FILES_URL_EXAMPLES}`).optional(),
  SMTP_URL: url(/^smtps?:\/\//, 'smtp://user:password@host:587').optional(),
  WIZAMART_SESSION_ADMIN: lifetimes.default('8h/7d'),
  WIZAMART_SESSION_STORE: lifetimes.default('7d/30d'),
  WIZAMART_SESSION_CUSTOMER: lifetimes.default('30d/90d'),
  WIZAMART_LOGIN_TRIES: z.coerce.number().int().min(3).max(10).default(10),
  WIZAMART_LOGIN_TRIES_ADDRESS: z.coerce.number().int().min(10).max(10_000).default(100),
  WIZAMART_PASSWORD_MIN: z.coerce.number().int().min(8).max(64).default(10),
  WIZAMART_INVITATION_LIFETIME: duration.default('7d'),
  WIZAMART_LINK_LIFETIME: duration.default('1h'),
  WIZAMART_IMPERSONATION_LIFETIME: duration.default('1h'),
  WIZAMART_REQUIRE_TOTP: flag.default(false),
  MAIL_FROM: z.string().min(3).default('Wizamart <no-reply@wizamart.lu>'),
});

/** The environment variables that are read, with their defaults as they are after reading; for documents and their tests. */
export const CONFIG_VARIABLES: readonly { readonly name: string; readonly default: unknown }[] =
  Object.entries(schema.shape).map(([name, field]) => ({
    name,
    default: field instanceof z.ZodDefault ? field.def.defaultValue : undefined,
  }));

/** How a process runs, read once from the environment. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
  /** Folder of the embedded database and other local state. */
  readonly dataFolder: string;
  /** Where uploaded files are kept: a `file:` or `s3:` address; default: `files` in the data folder. */
  readonly filesUrl: string;
  readonly database: {
    /** Serves; undefined means the embedded server. */
    readonly url: string | undefined;
    /** Migrates. */
    readonly ownerUrl: string | undefined;
    /** A connection that no pooler stands in front of, for LISTEN and jobs; default `url`. */
    readonly directUrl: string | undefined;
    readonly poolSize: number;
    /** Off behind poolers that do not know named statements. */
    readonly statementNames: boolean;
  };
  /** 32 bytes that encrypt secrets at rest; undefined in development: made and kept in the data folder. */
  readonly secret: Buffer | undefined;
  readonly trustProxy: boolean;
  /** Who brings it may ask for which names certificates may be got; undefined: only this machine itself. */
  readonly tlsCheckToken: string | undefined;
  readonly logLevel: string;
  /** Whether demo merchants, stores and people are made. */
  readonly demo: boolean;
  readonly pageCacheBytes: number;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** How people sign in, and for how long. */
  readonly identity: IdentitySettings;
}

/** The environment is not fit to start with; the message names each variable and how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the configuration. @throws {ConfigError} naming every variable that is wrong */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(
      `the configuration is not valid; mend these environment variables:\n${lines.join('\n')}`,
    );
  }
  const e = parsed.data;
  const production = e.NODE_ENV === 'production';
  if (production && !e.WIZAMART_SECRET) {
    throw new ConfigError(
      'WIZAMART_SECRET is missing; in production it must be set to 64 hex digits that stay the same:\n  node -p "crypto.randomBytes(32).toString(\'hex\')"',
    );
  }
  return {
    environment: e.NODE_ENV,
    port: e.PORT,
    hostname: e.HOST,
    dataFolder: e.WIZAMART_DATA,
    filesUrl: e.FILES_URL ?? pathToFileURL(path.resolve(e.WIZAMART_DATA, 'files')).href,
    database: {
      url: e.DATABASE_URL,
      ownerUrl: e.DATABASE_OWNER_URL,
      directUrl: e.DATABASE_DIRECT_URL,
      poolSize: e.DATABASE_POOL,
      statementNames: e.DATABASE_STATEMENT_NAMES,
    },
    secret: e.WIZAMART_SECRET ? Buffer.from(e.WIZAMART_SECRET, 'hex') : undefined,
    trustProxy: e.WIZAMART_TRUST_PROXY,
    tlsCheckToken: e.WIZAMART_TLS_CHECK_TOKEN,
    logLevel: e.WIZAMART_LOG,
    demo: e.WIZAMART_DEMO ?? (!production && e.DATABASE_URL === undefined),
    pageCacheBytes: Math.round(e.WIZAMART_PAGE_CACHE_MB * 1024 * 1024),
    mail: { smtpUrl: e.SMTP_URL, from: e.MAIL_FROM },
    identity: {
      sessions: {
        admin: lifetimesOf(e.WIZAMART_SESSION_ADMIN),
        store: lifetimesOf(e.WIZAMART_SESSION_STORE),
        customer: lifetimesOf(e.WIZAMART_SESSION_CUSTOMER),
      },
      loginLimits: {
        perAccount: e.WIZAMART_LOGIN_TRIES,
        perAddress: e.WIZAMART_LOGIN_TRIES_ADDRESS,
        windowSeconds: 15 * 60,
      },
      passwordMinLength: e.WIZAMART_PASSWORD_MIN,
      invitationSeconds: secondsOf(e.WIZAMART_INVITATION_LIFETIME),
      linkSeconds: secondsOf(e.WIZAMART_LINK_LIFETIME),
      impersonationSeconds: secondsOf(e.WIZAMART_IMPERSONATION_LIFETIME),
      requireTotp: e.WIZAMART_REQUIRE_TOTP,
    },
  };
}

const UNITS = { m: 60, h: 3_600, d: 86_400 } as const;

function secondsOf(text: string): number {
  const [, number, unit] = DURATION.exec(text) as unknown as [string, string, keyof typeof UNITS];
  return Number(number) * UNITS[unit];
}

function lifetimesOf(text: string): { idleSeconds: number; absoluteSeconds: number } {
  const [idle, absolute] = text.split('/') as [string, string];
  return { idleSeconds: secondsOf(idle), absoluteSeconds: secondsOf(absolute) };
}
