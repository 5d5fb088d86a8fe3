import type { TenantContext } from '../../kernel/context.js';
import type { RateLimit } from '../RateLimits.js';

const WINDOW_SECONDS = 15 * 60;
const PER_RECIPIENT = 5;
const PER_TENANT = 200;

/**
 * How often invitations are mailed: they go to whatever address is typed, under names that are typed too, so that
 * nobody's mailbox is to be flooded with them.
 *
 * @param to an address, or an invitation that is sent again
 */
export const invitationLimits = ({ platform, merchant }: TenantContext, to: string): RateLimit[] => {
  const tenant = `core.invitation ${platform.id} ${merchant?.id ?? ''}`;
  return [
    { what: tenant, limit: PER_TENANT, windowSeconds: WINDOW_SECONDS },
    { what: `${tenant} to ${to}`, limit: PER_RECIPIENT, windowSeconds: WINDOW_SECONDS },
  ];
};
