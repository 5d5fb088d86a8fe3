import {
  DatabaseService,
  defineEvent,
  defineJob,
  defineMigration,
  definePlugin,
  defineRoute,
  defineService,
  on,
  siteNavigation,
  StoreModel,
  tap,
  TenantsService,
  uuidv7,
  view,
  z,
  type AnyPlugin,
  type Database,
} from '../src/index.js';
import { NotFound } from '../src/errors/common.js';
import type { TenantContext } from '../src/kernel/context.js';

/** What the sample counts with; from a plugin that is not there, so that a stand-in takes its place. */
interface Counter {
  count(ctx: TenantContext): Promise<number | undefined>;
}
const Counters = defineService<Counter>()('counting.counter', { major: 1 });

class Thing extends StoreModel {
  static override tableName = 'sample_thing';
  declare id: string;
  declare name: string;
}

const things = defineMigration('20260101_things', (m) => {
  m.storeTable('sample_thing', {
    comment: 'A thing of a store.',
    columns: (t) => {
      t.text('name').notNullable().comment('What it is called.');
    },
  });
  m.platformTable('sample_kind', {
    comment: 'A kind of thing.',
    columns: (t) => {
      t.text('name').notNullable().comment('What it is called.');
    },
  });
  m.merchantTable('sample_note', {
    comment: 'A merchant’s note.',
    columns: (t) => {
      t.text('text').notNullable().comment('As typed.');
    },
  });
});

class Things {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database; readonly counter: Counter }) {
    this.#database = database;
  }

  list(ctx: TenantContext): Promise<Thing[]> {
    return this.#database.unit(ctx, (inside) => Thing.in(inside).orderBy('id'));
  }

  async add(ctx: TenantContext, name: string): Promise<Thing> {
    const id = uuidv7(ctx.now);
    await this.#database.unit(ctx, (inside) => Thing.in(inside).insert({ id, name }));
    return this.get(ctx, id);
  }

  async get(ctx: TenantContext, id: string): Promise<Thing> {
    const thing = await this.#database.unit(ctx, (inside) => Thing.in(inside).findOne({ id }));
    if (!thing) throw new NotFound({ what: 'This thing' });
    return thing;
  }

  async remove(ctx: TenantContext, id: string): Promise<void> {
    await this.get(ctx, id);
    await this.#database.unit(ctx, (inside) => Thing.in(inside).findOne({ id }).delete());
  }
}

export const ThingCounted = defineEvent('sample.thing.counted', { version: 1, schema: z.object({}) });
const EXAMPLE = '0190f3a0-0000-7000-8000-000000000000';
const thing = z.object({ id: z.uuid(), name: z.string() });
const shown = ({ id, name }: Thing): z.output<typeof thing> => ({ id, name });

/** A small plugin with one of everything, as it should be. */
export const samplePlugin: AnyPlugin = definePlugin({
  code: 'sample',
  name: 'Sample',
  description: 'Things of a store, and one of everything that a plugin may bring.',
  requires: { database: DatabaseService, tenants: TenantsService, counter: Counters },
  features: [{ code: 'sample_things', name: 'Things' }],
  limits: [{ code: 'sample_things', name: 'Things', per: 'store' }],
  permissions: {
    'sample.things.view': { audience: 'store', label: 'sample.permission.view', roles: ['manager', 'staff'] },
    'sample.things.edit': { audience: 'store', label: 'sample.permission.edit', roles: ['manager'] },
    'sample.kinds.view': { audience: 'admin', label: 'sample.permission.view' },
  },
  menu: [
    {
      code: 'things',
      surface: 'store',
      label: 'sample.menu.things',
      path: '/things',
      section: 'sample',
      order: 1,
      icon: 'file-text',
      permission: 'sample.things.view',
    },
  ],
  services: { things: Things },
  routes: (wiring) => {
    const api = { surface: 'store', kind: 'api' } as const;
    return [
      defineRoute({
        ...api,
        method: 'GET',
        path: '/things',
        access: 'sample.things.view',
        feature: 'sample_things',
        summary: 'List things',
        output: z.object({ items: z.array(thing) }),
        handle: async (ctx) => ({ items: (await wiring.things.list(ctx)).map(shown) }),
      }),
      defineRoute({
        ...api,
        method: 'POST',
        path: '/things',
        access: 'sample.things.edit',
        summary: 'Add a thing',
        status: 201,
        input: z.object({ name: z.string().max(50) }),
        output: thing,
        example: { name: 'Chair' },
        handle: async (ctx, { name }) => shown(await wiring.things.add(ctx, name)),
      }),
      defineRoute({
        ...api,
        method: 'GET',
        path: '/things/:id',
        access: 'sample.things.view',
        summary: 'Get a thing',
        input: z.object({ id: z.uuid() }),
        output: thing,
        example: { id: EXAMPLE },
        handle: async (ctx, { id }) => shown(await wiring.things.get(ctx, id)),
      }),
      defineRoute({
        ...api,
        method: 'DELETE',
        path: '/things/:id',
        access: 'sample.things.edit',
        summary: 'Remove a thing',
        status: 204,
        input: z.object({ id: z.uuid() }),
        example: { id: EXAMPLE },
        handle: (ctx, { id }) => wiring.things.remove(ctx, id),
      }),
      defineRoute({
        method: 'GET',
        path: '/things',
        surface: 'store',
        kind: 'page',
        access: 'sample.things.view',
        menu: 'things',
        handle: async (ctx) => view('sample/things', { things: await wiring.things.list(ctx) }),
      }),
      defineRoute({
        method: 'GET',
        path: '/kinds',
        surface: 'admin',
        kind: 'api',
        access: 'sample.kinds.view',
        summary: 'List kinds',
        output: z.object({}),
        handle: () => ({}),
      }),
      defineRoute({
        method: 'GET',
        path: '/sample',
        surface: 'platform',
        kind: 'page',
        access: 'public',
        handle: () => view('sample/things', { things: [] }),
      }),
      defineRoute({
        method: 'GET',
        path: '/wishes',
        surface: 'storefront',
        kind: 'api',
        access: 'customer',
        summary: 'Wishes of the customer',
        output: z.object({}),
        handle: () => ({}),
      }),
    ];
  },
  on: () => [on(ThingCounted, async () => undefined)],
  hooks: () => [
    tap(siteNavigation, { onError: 'skip' }, (_ctx, site) => ({
      ...site,
      header: [...site.header, { label: 'Sample', path: '/sample' }],
    })),
  ],
  jobs: () => [defineJob({ name: 'sample.count', input: z.object({}), run: async () => undefined })],
  blocks: [{ type: 'sampleCount', schema: z.object({}), template: 'sample/count' }],
  widgets: () => [
    {
      code: 'sample-count',
      surface: 'store',
      template: 'sample/count',
      order: 1,
      load: async () => ({ count: 0 }),
    },
  ],
  sitemap: () => async () => [{ path: '/sample', updatedAt: null, languages: ['en'] }],
  healthChecks: () => [{ name: 'sample', check: async () => undefined }],
  migrations: [things],
  templates: new URL('./sample-plugin/templates', import.meta.url),
  locales: new URL('./sample-plugin/locales', import.meta.url),
}) as AnyPlugin;
