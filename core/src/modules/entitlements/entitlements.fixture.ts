import { Bus } from '../../database/Bus.js';
import { Audit } from '../../identity/audit/Audit.js';
import { openIdentity } from '../../identity/identity.fixture.js';
import type { TenantContext } from '../../kernel/context.js';
import type { TestDatabaseOptions } from '../../testing/database.js';
import { Entitlements } from './Entitlements.js';
import { EntitlementStore } from './EntitlementStore.js';
import { featureCatalog } from './FeatureCatalog.js';
import { Tiers } from './Tiers.js';

const PLUGINS = [
  {
    code: 'core',
    features: [{ code: 'dashboard', name: 'x' }],
    limits: [{ code: 'team_members', name: 'x', per: 'merchant' as const }],
  },
  {
    code: 'cms',
    features: ['cms_basic', 'cms_custom_pages', 'cms_seo'].map((code) => ({ code, name: code })),
    limits: [{ code: 'cms_pages', name: 'x', per: 'store' as const }],
  },
];

/** Tiers `basic` and `plus` on oms, and nodes that share the database. */
export const openEntitlements = async (options: TestDatabaseOptions = {}) => {
  const world = await openIdentity(options);
  const { database, db } = world;
  const catalog = featureCatalog(PLUGINS);
  const defaults = new Map<string, string>();
  const buses: Bus[] = [];
  const told: string[] = [];

  /** One process of the installation. */
  const node = async () => {
    const bus = new Bus({ url: db.appUrl });
    await bus.start();
    buses.push(bus);
    const queries: string[] = [];
    const store = new EntitlementStore({
      bus,
      database: {
        read: (...args: Parameters<typeof database.read>) => {
          queries.push(args[1].name);
          return database.read(...args);
        },
      } as typeof database,
    });
    const tenants = {
      changed: (_tx: unknown, change: { id: string }) => {
        told.push(change.id);
        return Promise.resolve();
      },
    };
    return {
      bus,
      store,
      queries,
      entitlements: new Entitlements({ store, catalog, defaultTierOf: ({ code }) => defaults.get(code) }),
      tiers: new Tiers({ database, store, audit: new Audit({ database }), tenants }),
    };
  };
  const first = await node();
  const heard = new Promise((resolve) => {
    first.bus.on('core.tiers', resolve);
  });
  await first.tiers.seed(world.context({ platform: world.oms }), [
    {
      code: 'basic',
      name: 'Basic',
      features: ['dashboard', 'cms_basic'],
      limits: { cms_pages: 3, team_members: 1 },
    },
    { code: 'plus', name: 'Plus', features: ['cms_custom_pages'], limits: { cms_pages: 10 } },
  ]);
  // Its notice would empty the memory at any moment of the first test.
  await heard;

  return {
    ...world,
    ...first,
    node,
    told,
    defaults,
    /** A store's context as a request has it, with the tier as the directory keeps it. */
    inStore: (tierCode: string | null, over: Partial<TenantContext> = {}) =>
      world.context({ store: { ...world.acmeShop, tierCode }, surface: 'store', ...over }),
    modules: (...on: string[]) => ({ key: on.join('+'), isOn: (module: string) => on.includes(module) }),
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await world.close();
    },
  };
};

export type EntitlementsWorld = Awaited<ReturnType<typeof openEntitlements>>;
