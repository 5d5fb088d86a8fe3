import { z } from 'zod';
import { PluginError } from './pluginError.js';
import { LANGUAGES, SURFACES } from './context.js';

const code = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,49}$/, 'lower case letters, digits and dashes, for example "site-builder"');
const snake = z.string().regex(/^[a-z][a-z0-9_]{1,79}$/, 'snake_case, for example "cms_basic"');
const text = z.string().min(1);
const fn = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function of the wiring',
);
const folder = z.instanceof(URL, { message: "must be a URL: new URL('../templates', import.meta.url)" });
const ref = z.looseObject({ id: z.string(), major: z.number().int().positive() });
const refs = z.record(z.string(), ref);
const zodObject = z.custom<z.ZodObject>((value) => value instanceof z.ZodObject, 'must be a zod object');
const zodType = z.custom<z.ZodType>((value) => value instanceof z.ZodType, 'must be a zod schema');

const manifestSchema = z.strictObject({
  code,
  name: text,
  description: text,
  version: z.string().optional(),
  isCore: z.boolean().optional(),
  icon: text.optional(),
  group: z.enum(['core', 'content', 'commerce', 'growth', 'business', 'operations']).optional(),
  requires: refs.optional(),
  optional: refs.optional(),
  provides: refs.optional(),
  conflicts: z.array(code).optional(),
  features: z.array(z.strictObject({ code: snake, name: text, description: text.optional() })).optional(),
  limits: z
    .array(
      z.strictObject({
        code: snake,
        name: text,
        per: z.enum(['store', 'merchant']),
        period: z.literal('month').optional(),
        unit: z.literal('bytes').optional(),
      }),
    )
    .optional(),
  permissions: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9_-]*){2}$/, 'plugin.noun.verb, for example "cms.pages.edit"'),
      z.strictObject({
        audience: z.enum(['admin', 'store']),
        label: text,
        scope: z.enum(['global', 'merchant', 'store']).optional(),
        roles: z.array(z.enum(['manager', 'staff'])).optional(),
      }),
    )
    .optional(),
  menu: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z0-9-]*$/),
        surface: z.enum(SURFACES).exclude(['webhook']),
        label: text,
        path: z.string().startsWith('/'),
        section: text,
        order: z.number().int(),
        icon: text,
        permission: z.string().optional(),
        feature: snake.optional(),
        mandatory: z.boolean().optional(),
        scope: z.enum(['platform', 'global', 'both']).optional(),
      }),
    )
    .optional(),
  auditPages: z
    .record(
      z.string(),
      z.array(
        z.strictObject({
          surface: z.enum(['admin', 'store']),
          path: z.string().startsWith('/'),
          permission: z.string(),
        }),
      ),
    )
    .optional(),
  settings: zodObject.optional(),
  services: z.record(z.string(), fn).optional(),
  routes: fn.optional(),
  on: fn.optional(),
  hooks: fn.optional(),
  jobs: fn.optional(),
  blocks: z.array(z.strictObject({ type: z.string().min(1), schema: zodType, template: text })).optional(),
  widgets: fn.optional(),
  checklist: fn.optional(),
  figures: fn.optional(),
  todos: fn.optional(),
  sitemap: fn.optional(),
  healthChecks: fn.optional(),
  healthReport: fn.optional(),
  attention: fn.optional(),
  usage: fn.optional(),
  exporters: fn.optional(),
  erasers: fn.optional(),
  migrations: z.array(z.looseObject({ name: z.string(), up: fn })).optional(),
  templates: folder.optional(),
  locales: folder.optional(),
  assets: folder.optional(),
  onInstall: fn.optional(),
  demo: fn.optional(),
  start: fn.optional(),
  stop: fn.optional(),
  onEnable: fn.optional(),
  onDisable: fn.optional(),
});

/** Checks a manifest and fills in what was left out. Throws {@link PluginError} P100 naming every mistake. */
export function checkManifest(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const who = typeof manifest['code'] === 'string' ? manifest['code'] : '(no code)';
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success)
    throw new PluginError(
      'P100',
      who,
      `plugin '${who}' is not valid`,
      describeIssues(parsed.error, manifestSchema),
    );
  const m = parsed.data;
  for (const name of Object.keys(m.permissions ?? {})) {
    if (!name.startsWith(`${who}.`)) {
      throw new PluginError(
        'P103',
        who,
        `plugin '${who}' declares the permission '${name}'`,
        `start its name with '${who}.'`,
      );
    }
  }
  for (const token of Object.values(m.provides ?? {})) {
    if (!token.id.startsWith(`${who}.`)) {
      throw new PluginError(
        'P104',
        who,
        `plugin '${who}' provides '${token.id}'`,
        `start the service's id with '${who}.'`,
      );
    }
  }
  const services = Object.fromEntries(
    Object.entries((manifest['services'] ?? {}) as Record<string, Callable>).map(([name, recipe]) => [
      name,
      toRecipe(recipe),
    ]),
  );
  for (const name of Object.keys(m.provides ?? {})) {
    if (!(name in services)) {
      throw new PluginError(
        'P401',
        who,
        `plugin '${who}' provides '${name}' but makes no service of that name`,
        `add services: { ${name}: … } or take it out of provides`,
      );
    }
  }
  return Object.freeze({
    isCore: false,
    icon: undefined,
    group: 'operations',
    requires: {},
    optional: {},
    provides: {},
    conflicts: [],
    features: [],
    limits: [],
    permissions: {},
    menu: [],
    auditPages: {},
    settings: undefined,
    blocks: [],
    migrations: [],
    version: '0.1.0',
    routes: undefined,
    on: undefined,
    hooks: undefined,
    jobs: undefined,
    widgets: undefined,
    checklist: undefined,
    figures: undefined,
    todos: undefined,
    sitemap: undefined,
    healthChecks: undefined,
    healthReport: undefined,
    attention: undefined,
    usage: undefined,
    exporters: undefined,
    erasers: undefined,
    templates: undefined,
    locales: undefined,
    assets: undefined,
    onInstall: undefined,
    demo: undefined,
    start: undefined,
    stop: undefined,
    onEnable: undefined,
    onDisable: undefined,
    ...manifest,
    services,
  });
}

/** How a service is made, once the class or factory has been wrapped. */
export type ServiceRecipe = (deps: Record<string, unknown>) => object;

type Callable = (new (deps: object) => object) | ((deps: object) => object);

/** A class is called with `new`, a factory without; both get the plugin's wiring. */
function toRecipe(recipe: Callable): ServiceRecipe {
  const isClass = /^class[\s{]/.test(Function.prototype.toString.call(recipe));
  return isClass
    ? (deps) => new (recipe as new (deps: object) => object)(deps)
    : (deps) => (recipe as (deps: object) => object)(deps);
}

function describeIssues(error: z.ZodError, schema: z.ZodObject): string {
  return error.issues
    .map((issue) => {
      const where = issue.path.join('.');
      if (issue.code === 'unrecognized_keys') {
        const known =
          issue.path.length === 0 ? `; known keys are ${Object.keys(schema.shape).join(', ')}` : '';
        return `take out the unknown key ${issue.keys.map((key) => `'${key}'`).join(', ')}${where ? ` in '${where}'` : ''}${known}`;
      }
      return `mend '${where}' (${issue.message})`;
    })
    .join('; ');
}

const language = z.enum(LANGUAGES);
const hostSchema = z.strictObject({
  code,
  name: text,
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host name such as "oms.lu"'),
  plugins: z.array(z.looseObject({ code: z.string() })),
  modules: z.strictObject({ on: z.array(z.string()) }),
  languages: z.strictObject({ default: language, supported: z.array(language).min(1) }).optional(),
  theme: z.record(z.string(), z.unknown()),
  tiers: z
    .array(
      z.strictObject({
        code,
        name: text,
        features: z.array(snake),
        limits: z.record(snake, z.number().int().nonnegative()),
      }),
    )
    .optional(),
  defaultTier: z.string().optional(),
  pages: folder.optional(),
  seeds: z.record(z.string(), z.unknown()).optional(),
  onBootFailure: z.enum(['abort', 'degrade']).optional(),
});

/** Modules that may not be on together cannot both be on from the start: no plan could ever have led there. */
function refuseConflicts(
  who: string,
  {
    plugins,
    modules,
  }: {
    readonly plugins: readonly { readonly code: string; readonly conflicts?: unknown }[];
    readonly modules: { readonly on: readonly string[] };
  },
): void {
  for (const plugin of plugins) {
    const other = ((plugin.conflicts ?? []) as readonly string[]).find((code) => modules.on.includes(code));
    if (other === undefined || !modules.on.includes(plugin.code)) continue;
    throw new PluginError(
      'P113',
      who,
      `host '${who}' turns on '${plugin.code}' and '${other}', which cannot be on together`,
      `take '${plugin.code}' or '${other}' out of modules.on; both may stay composed, and an administrator chooses`,
    );
  }
}

/** Checks a host. Throws {@link PluginError} P110 to P114. */
export function checkHost(host: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const who = typeof host['code'] === 'string' ? host['code'] : '(no code)';
  const parsed = hostSchema.safeParse(host);
  if (!parsed.success)
    throw new PluginError(
      'P110',
      who,
      `host '${who}' is not valid`,
      describeIssues(parsed.error, hostSchema),
    );
  const composed = new Set(parsed.data.plugins.map((plugin) => plugin.code));
  for (const on of parsed.data.modules.on) {
    if (!composed.has(on)) {
      throw new PluginError(
        'P111',
        who,
        `host '${who}' turns on the module '${on}', which it does not compose`,
        `add its plugin to the host's plugins or take '${on}' out of modules.on`,
      );
    }
  }
  refuseConflicts(who, parsed.data);
  for (const seeded of Object.keys(parsed.data.seeds ?? {})) {
    if (!composed.has(seeded)) {
      throw new PluginError(
        'P114',
        who,
        `host '${who}' brings a seed for '${seeded}', which it does not compose`,
        `add its plugin to the host's plugins or take '${seeded}' out of seeds`,
      );
    }
  }
  if (parsed.data.defaultTier && !parsed.data.tiers?.some((tier) => tier.code === parsed.data.defaultTier)) {
    throw new PluginError(
      'P112',
      who,
      `host '${who}' has the default tier '${parsed.data.defaultTier}', which is none of its tiers`,
      'name one of its tiers',
    );
  }
  return Object.freeze({
    languages: { default: 'en', supported: LANGUAGES },
    tiers: [],
    defaultTier: undefined,
    pages: undefined,
    seeds: {},
    onBootFailure: 'abort',
    ...host,
  });
}
