import type { RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { adminInvitationPages } from './adminInvitationPages.js';
import { adminUserDetailPages } from './adminUserDetailPages.js';
import { adminUserList } from './adminUserList.js';

/** Who administers: of one platform, or of the whole installation. */
export const adminUserPages = (parts: CoreParts): RouteDefinition[] => [
  ...adminUserList(parts),
  ...adminInvitationPages(parts),
  ...adminUserDetailPages(parts),
];
