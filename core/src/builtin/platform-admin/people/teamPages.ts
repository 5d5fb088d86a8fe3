import type { RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { memberPages } from './memberPages.js';
import { ownerPages } from './ownerPages.js';
import { teamInvitationPages } from './teamInvitationPages.js';
import { teamInvitePages } from './teamInvitePages.js';
import { teamList } from './teamList.js';

/** Who works in a store, with which role; who owns its merchant. */
export const teamPages = (parts: CoreParts): RouteDefinition[] => [
  ...teamList(parts),
  ...teamInvitePages(parts),
  ...teamInvitationPages(parts),
  ...ownerPages(parts),
  ...memberPages(parts),
];
