import type {
  Actor,
  Language,
  LinkBuilder,
  MerchantRecord,
  PlatformRecord,
  StoreRecord,
  Surface,
} from '../kernel/context.js';
import type { RequestFacts, RouteContext, UploadedFile } from '../kernel/route.js';
import type { Snapshot } from '../kernel/snapshot/Snapshot.js';
import { makeLinks } from '../tenancy/links.js';
import type { TenantResolution } from '../tenancy/address/resolution.js';

export const ANONYMOUS: Actor = Object.freeze({ kind: 'anonymous' });

const NO_UPLOADS: readonly UploadedFile[] = Object.freeze([]);

/** What is known of a request once its tenant and route are; handed to handlers as their context. */
export interface RequestContext extends RouteContext {
  readonly surface: Surface;
  readonly snapshot: Snapshot;
  readonly platform: PlatformRecord;
  readonly store: StoreRecord | null;
  readonly merchant: MerchantRecord | null;
  readonly links: LinkBuilder;
  /** Where the request came in; for cookies, menus and pages of the shell. */
  readonly resolution: TenantResolution;
}

export interface RequestParts {
  readonly resolution: TenantResolution;
  readonly snapshot: Snapshot;
  readonly language: Language;
  readonly actor: Actor;
  readonly now: Date;
  readonly requestId: string;
  readonly request: RequestFacts;
}

/** Plain fields only: a unit of work hands on a copy with its transaction. */
export function makeRequestContext({
  resolution,
  snapshot,
  language,
  actor,
  now,
  requestId,
  request,
}: RequestParts): RequestContext {
  return {
    platform: resolution.platform,
    merchant: resolution.store?.merchant ?? null,
    store: resolution.store,
    actor,
    surface: resolution.surface,
    language,
    now,
    requestId,
    snapshot,
    links: makeLinks(resolution, language),
    tx: null,
    request,
    uploads: NO_UPLOADS,
    resolution,
  };
}
