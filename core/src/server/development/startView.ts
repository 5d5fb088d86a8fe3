import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_USERS } from '../../identity/demo/demoAccounts.js';
import type { PlatformRecord } from '../../kernel/context.js';
import type { ServerParts } from '../makeParts.js';
import { MAIN_PLATFORM_CODE } from '../../tenancy/globalPlatform.js';

type Parts = Pick<ServerParts, 'states' | 'tenants' | 'config' | 'database'>;
interface StoreRow extends Record<string, unknown> {
  readonly platform_id: string;
  readonly code: string;
  readonly name: string;
}

const STORES_SHOWN = 12;

/** View of `core/start`: platforms and stores with their addresses, demo accounts, modules. */
export async function startView(parts: Parts): Promise<Readonly<Record<string, unknown>>> {
  const platforms = parts.tenants
    .platforms()
    .filter(({ isActive, id }) => isActive && parts.states.get(id)?.host);
  const stores = await parts.database.system((tx) =>
    tx.query<StoreRow>(
      `select p.platform_id, s.code, s.name from core_store_platform p join core_store s on s.merchant_id = p.merchant_id and s.id = p.store_id
     where p.is_active and s.status = 'active' order by s.name, s.code limit 200`,
    ),
  );
  return {
    platforms: platforms.map((platform) => ({
      name: platform.name,
      code: platform.code,
      links: platformLinks(platform),
      stores: stores
        .filter((row) => row.platform_id === platform.id)
        .slice(0, STORES_SHOWN)
        .map((row) => ({ name: row.name, links: storeLinks(platform, row.code) })),
    })),
    demo: parts.config.demo
      ? {
          password: DEMO_PASSWORD,
          accounts: [
            ...DEMO_USERS.map(({ email, role }) => ({ email, role })),
            ...DEMO_CUSTOMERS.map(({ email, name }) => ({ email, role: name })),
          ],
        }
      : null,
    tools: [
      { label: 'Administration', href: '/admin/' },
      { label: 'Mail preview', href: '/__dev/mail' },
      { label: 'Health', href: '/health/ready' },
    ],
    modules: modulesTable(parts, platforms),
  };
}

function platformLinks({ code }: PlatformRecord): object[] {
  const root = code === MAIN_PLATFORM_CODE ? '' : `/platforms/${code}`;
  return [
    { label: 'Site', href: `${root}/` },
    { label: 'Administration', href: `/admin/platforms/${code}/` },
    { label: 'API', href: `${root}/api/docs` },
  ];
}

const storeLinks = ({ code }: PlatformRecord, store: string): object[] => [
  { label: 'Storefront', href: `/platforms/${code}/stores/${store}/` },
  { label: 'Dashboard', href: `/platforms/${code}/store/${store}/` },
];

function modulesTable({ states }: Parts, platforms: readonly PlatformRecord[]): object {
  const all = platforms.map((platform) => states.get(platform.id));
  return {
    platforms: platforms.map(({ name }) => name),
    rows: states.snapshots.graph.order.map((code) => ({
      name: states.snapshots.graph.plugins.get(code)?.name ?? code,
      states: all.map((state, i) => ({
        platform: platforms[i]?.code ?? '',
        isOn: state?.snapshot.isOn(code) ?? false,
        isComposed: state?.composed.has(code) ?? false,
      })),
    })),
  };
}
