import type { MerchantRecord, PlatformRecord, StoreRecord, TenantContext } from '../../kernel/context.js';
import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { rootOf } from '../places.js';
import type { TestClient } from '../TestClient.js';
import { startTestServer, type TestAppServer } from '../startTestServer.js';
import { testHost, type TestHostOptions } from '../testHost.js';
import type { TestCustomer, TestUser } from '../TestTenants.js';
import { standIns, wire, type ContractSubject } from './subject.js';

/** What else a suite needs to know. */
export interface ContractOptions {
  /** Plugins that provide what the plugin requires; stand-ins do where they are left out. */
  readonly with?: readonly AnyPlugin[];
  /** Tiers, pages and languages of the hosts that the plugin is tried in. */
  readonly host?: Pick<TestHostOptions, 'tiers' | 'defaultTier' | 'pages' | 'languages' | 'seeds'>;
}

/** One side of a comparison: a store as it stands on a platform, with who works and buys there. */
export interface Side {
  readonly platform: PlatformRecord;
  readonly store: StoreRecord;
}

/**
 * A server with the plugin on two platforms: on `alpha` a merchant with two stores and another merchant with one; the
 * first merchant's second store also on `beta`.
 */
export interface ContractWorld extends ContractSubject {
  readonly server: TestAppServer;
  readonly routes: readonly RouteDefinition[];
  readonly alpha: PlatformRecord;
  readonly beta: PlatformRecord;
  readonly merchant: MerchantRecord;
  readonly first: Side;
  readonly second: Side;
  readonly secondOnBeta: Side;
  readonly foreign: Side;
  readonly people: {
    readonly owner: TestUser;
    readonly foreignOwner: TestUser;
    readonly secondManager: TestUser;
    readonly admin: TestUser;
    readonly foreignAdmin: TestUser;
    readonly superAdmin: TestUser;
    readonly customer: TestCustomer;
    readonly foreignCustomer: TestCustomer;
  };
  /** Acts for the platform's administrator, e.g. to turn modules on and off. */
  adminContext(): TenantContext;
  /** A client for a surface's pages or API at one side, signed in as that person there. */
  as(
    who: { readonly id: string } | null,
    at: Side,
    route: Pick<RouteDefinition, 'surface' | 'kind'>,
  ): Promise<TestClient>;
}

/** Claims the same paths as the plugin; off at first. */
export const CLAIMER = 'contract-claimer';

export async function openWorld(
  subject: ContractSubject,
  { host = {} }: ContractOptions = {},
): Promise<ContractWorld> {
  const { plugin, with: others } = subject;
  const plugins = [...standIns([plugin, ...others], false), ...others, plugin];
  const on = plugins.map(({ code }) => code);
  const server = await startTestServer({
    hosts: [
      testHost({ ...host, code: 'alpha', plugins: [...plugins, claimer(subject)], on }),
      testHost({ ...host, code: 'beta', plugins, on }),
    ],
  });
  const alpha = server.platform('alpha');
  const beta = server.platform('beta');
  const merchant = await server.merchant({ platform: alpha });
  const store = await server.store({ merchant, platforms: [alpha], code: 'first' });
  const second = await server.store({ merchant, platforms: [alpha, beta], code: 'second' });
  const foreign = await server.store({ platforms: [alpha], code: 'foreign' });
  const first = { platform: alpha, store };
  const people = {
    owner: await server.user({ ownerOf: merchant }),
    foreignOwner: await server.user({ ownerOf: foreign.merchant }),
    secondManager: await server.user({ memberOf: { store: second, role: 'manager' } }),
    admin: await server.user({ adminOf: alpha }),
    foreignAdmin: await server.user({ adminOf: beta }),
    superAdmin: await server.user({ superAdmin: true }),
    customer: await server.customer({ store }),
    foreignCustomer: await server.customer({ store: foreign }),
  };
  return {
    ...subject,
    server,
    routes: server.modules.installed.get(plugin.code)?.routes ?? [],
    alpha,
    beta,
    merchant,
    first,
    second: { platform: alpha, store: second },
    secondOnBeta: { platform: beta, store: await server.storeOn(second, beta) },
    foreign: { platform: alpha, store: foreign },
    people,
    adminContext: () => server.context({ platform: alpha, actor: people.superAdmin, surface: 'admin' }),
    as: (who, at, route) => clientFor(server, who, at, route),
  };
}

async function clientFor(
  server: TestAppServer,
  who: { readonly id: string } | null,
  { platform, store }: Side,
  { surface, kind }: Pick<RouteDefinition, 'surface' | 'kind'>,
): Promise<TestClient> {
  const root = rootOf({ surface, kind, platform, store });
  if (!who || surface === 'platform' || surface === 'webhook') return server.client({ root });
  if (surface === 'admin') return server.signIn(who, { surface, root });
  return server.signIn(
    who,
    surface === 'store' ? { surface, platform, root } : { surface, platform, store, root },
  );
}

function claimer(subject: ContractSubject): AnyPlugin {
  const taken = new Set<string>();
  const routes = wire(subject).routes.filter((route) => {
    const key = `${route.surface} ${route.kind} ${route.method} ${route.path}`;
    return !route.fallback && !taken.has(key) && taken.add(key);
  });
  return definePlugin({
    code: CLAIMER,
    name: 'Claimer',
    description: 'Wants the same addresses.',
    routes: () =>
      routes.map(({ method, path, surface, kind, scope, input }) =>
        defineRoute({
          method,
          path,
          surface,
          kind,
          scope,
          input,
          access: 'public',
          handle: () => ({ claimedBy: CLAIMER }),
        }),
      ),
  }) as AnyPlugin;
}
