import type { RouteContext } from '../../kernel/route.js';
import type { DomainStatus } from '../../tenancy/models/StoreDomain.js';
import type { BadgeKind } from '../views/adminList.js';
import type { Words } from '../views/words.js';

const KINDS: Readonly<Record<DomainStatus, BadgeKind>> = {
  verifying: 'info',
  active: 'success',
  failing: 'danger',
  released: 'neutral',
};

export const domainBadge = (t: Words, status: DomainStatus): { badge: string; kind: BadgeKind } => ({
  badge: t(`core.domains.status.${status}`),
  kind: KINDS[status],
});

export const domainHref = (ctx: RouteContext, storeId: string, domainId: string): string =>
  ctx.links.to('admin', `/stores/${storeId}/domains/${domainId}`);
