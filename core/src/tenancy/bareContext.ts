import type {
  LinkBuilder,
  MerchantRecord,
  SnapshotView,
  StoreRecord,
  TenantContext,
} from '../kernel/context.js';
import { GLOBAL_PLATFORM } from './globalPlatform.js';
import { makeLinks, outsideBase } from './links.js';

const NOTHING_ON: SnapshotView = { key: 'none', isOn: () => false };

/** A context for the system's own work before modules are there: first platforms, demo tenants, tests of this area. */
export function bareContext({
  platform,
  merchant = null,
  store = null,
  actor,
  now,
}: {
  readonly platform?: Pick<TenantContext['platform'], 'id' | 'code' | 'name'>;
  readonly merchant?: MerchantRecord | null;
  readonly store?: StoreRecord | null;
  /** Name of what runs. */
  readonly actor: string;
  readonly now: Date;
}): TenantContext {
  const owner = { ...GLOBAL_PLATFORM, ...platform };
  const base = outsideBase({ development: true, secure: false, port: '', mainDomain: null });
  const links: LinkBuilder = makeLinks(
    { platform: owner, store, surface: 'platform', base },
    owner.defaultLanguage,
  );
  return {
    platform: owner,
    merchant,
    store,
    actor: { kind: 'system', name: actor },
    surface: 'cli',
    language: owner.defaultLanguage,
    now,
    requestId: actor,
    snapshot: NOTHING_ON,
    links,
    tx: null,
  };
}
