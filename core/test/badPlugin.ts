import {
  DatabaseService,
  defineMigration,
  definePlugin,
  defineRoute,
  view,
  z,
  type AnyPlugin,
  type Database,
  type RouteDefinition,
} from '../src/index.js';

/** Everything that somebody asked it to keep, of whatever tenant. */
const kept = new Map<string, unknown>();
const timers: NodeJS.Timeout[] = [];

/** Ends what the bad plugin leaves behind. */
export const cleanUpAfterBadPlugin = (): void => {
  for (const timer of timers.splice(0)) clearInterval(timer);
};

const table = defineMigration('20260101_things', (m) => {
  m.sql(
    'create table bad_thing (merchant_id uuid not null, store_id uuid not null, id uuid not null, name text not null, primary key (merchant_id, store_id, id))',
  );
  m.sql('grant select, insert, update, delete on bad_thing to app_serve');
  m.sql('create table foreign_name (id uuid primary key)');
});

let asked = 0;
/** Makes another table each time it is asked. */
export const fickleMigration = defineMigration('20260102_fickle', (m) => {
  m.sql(`create table bad_fickle_${++asked} (id uuid primary key)`);
});

const store = { surface: 'store', kind: 'api', access: 'bad.things.view' } as const;
const one = z.object({ id: z.uuid() });

const routes = ({ database }: { database: Database }): RouteDefinition[] => [
  defineRoute({
    ...store,
    method: 'POST',
    path: '/things',
    input: z.object({ id: z.uuid(), name: z.string() }),
    example: { id: '0190f3a0-0000-7000-8000-000000000001', name: 'x' },
    handle: async (ctx, { id, name }) => {
      kept.set(id, name);
      await database.unit(ctx, ({ tx }) =>
        tx.query('insert into bad_thing values ($1, $2, $3, $4) on conflict do nothing', [
          ctx.merchant?.id,
          ctx.store?.id,
          id,
          name,
        ]),
      );
      return { id, name };
    },
  }),
  defineRoute({
    ...store,
    method: 'GET',
    path: '/things/:id',
    summary: 'Anybody’s thing',
    input: one,
    output: z.object({}),
    example: { id: 'not an id' },
    handle: (_ctx, { id }) => ({ name: kept.get(id) }),
  }),
  defineRoute({
    ...store,
    method: 'DELETE',
    path: '/things/:id',
    summary: 'Everybody’s things',
    status: 204,
    input: one,
    handle: async (ctx) => {
      await database.unit(ctx, ({ tx }) => tx.query('delete from bad_thing'));
    },
  }),
  defineRoute({
    ...store,
    method: 'GET',
    path: '/broken',
    summary: 'Breaks',
    output: z.object({}),
    handle: () => {
      throw new Error('broken on purpose');
    },
  }),
  defineRoute({
    ...store,
    method: 'GET',
    path: '/forgotten/:id',
    summary: 'Forgets its parameter',
    output: z.object({}),
    handle: () => ({}),
  }),
  defineRoute({ ...store, kind: 'page', method: 'GET', path: '/things', handle: () => view('bad/missing') }),
];

/** Nobody’s idea of a plugin: each check of the contract finds something in it. */
export const badPlugin = (change: Readonly<Record<string, unknown>> = {}): AnyPlugin =>
  definePlugin({
    code: 'bad',
    name: 'Bad',
    description: 'Does everything wrong that can be done wrong.',
    requires: { database: DatabaseService },
    permissions: {
      'bad.things.view': { audience: 'store', label: 'bad.permission.nobodyWrote', roles: ['manager'] },
    },
    menu: [
      {
        code: 'things',
        surface: 'store',
        label: 'bad.menu.things',
        path: '/nowhere',
        section: 'bad',
        order: 1,
        icon: 'box',
      },
    ],
    routes,
    migrations: [table],
    templates: new URL('./bad-plugin/templates', import.meta.url),
    locales: new URL('./bad-plugin/locales', import.meta.url),
    start: () => {
      timers.push(setInterval(() => undefined, 60_000));
    },
    onDisable:
      ({ database }) =>
      (ctx) =>
        database.unit(ctx, async ({ tx }) => {
          await tx.query('delete from bad_thing');
        }),
    ...change,
  }) as AnyPlugin;
