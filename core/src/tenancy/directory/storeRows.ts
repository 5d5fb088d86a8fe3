import type { Statement } from '../../database/unitOfWork.js';
import type { Language, PlatformRecord, StoreRecord, StoreStatus } from '../../kernel/context.js';
import type { ThemeMemory } from './ThemeMemory.js';

/** A store as it stands on one platform. */
export interface StoreRow {
  readonly id: string;
  readonly merchant_id: string;
  readonly platform_id: string;
  readonly code: string;
  readonly name: string;
  readonly status: StoreStatus;
  readonly is_active: boolean;
  readonly subdomain: string;
  readonly primary_domain: string | null;
  readonly default_language: Language;
  readonly languages: readonly Language[];
  readonly theme: unknown;
  readonly merchant_name: string;
  readonly tier_code: string | null;
}

const SELECT = `select s.id, s.merchant_id, p.platform_id, s.code, s.name, s.status, p.is_active, p.subdomain, d.domain as primary_domain,
    s.default_language, s.languages, s.theme, m.display_name as merchant_name, t.tier_code
  from core_store s
  join core_store_platform p on p.merchant_id = s.merchant_id and p.store_id = s.id
  join core_merchant m on m.id = s.merchant_id
  join core_merchant_platform t on t.merchant_id = s.merchant_id and t.platform_id = p.platform_id
  left join core_store_domain d on d.merchant_id = s.merchant_id and d.store_id = s.id and d.platform_id = p.platform_id and d.is_primary`;

const statement = (name: string, rest: string): Statement => ({
  name: `core_tenant_store_${name}`,
  text: `${SELECT} ${rest}`,
});

/** Ways to find one store; as `app_system`, since the tenant is what they find. */
export const STORE_STATEMENTS = {
  id: statement('id', 'where p.platform_id = $1 and s.id = $2'),
  code: statement('code', 'where p.platform_id = $1 and s.code = $2'),
  subdomain: statement('subdomain', 'where p.platform_id = $1 and p.subdomain = $2'),
  domain: statement(
    'domain',
    `join core_store_domain a on a.merchant_id = s.merchant_id and a.store_id = s.id and a.platform_id = p.platform_id
    where a.domain = $1 and a.status = 'active'`,
  ),
  anywhere: statement(
    'anywhere',
    'where s.code = $1 order by p.is_active desc, p.is_primary desc, p.joined_at limit 1',
  ),
} as const;

export function storeRecord(
  row: StoreRow,
  platform: PlatformRecord | undefined,
  themes: ThemeMemory,
): StoreRecord {
  return Object.freeze({
    id: row.id,
    merchantId: row.merchant_id,
    platformId: row.platform_id,
    code: row.code,
    name: row.name,
    status: row.status,
    isActiveOnPlatform: row.is_active,
    subdomain: row.subdomain,
    primaryDomain: row.primary_domain,
    defaultLanguage: row.default_language,
    languages: row.languages,
    theme: row.theme === null && platform ? platform.theme : themes.compile(row.theme),
    merchant: Object.freeze({ id: row.merchant_id, name: row.merchant_name }),
    tierCode: row.tier_code,
  });
}
