import type { RouteDefinition } from '../../kernel/route.js';
import type { CoreParts } from '../core/CoreParts.js';
import { platformActivePages } from './platformActivePages.js';
import { platformDetailPage } from './platformDetailPage.js';
import { platformEditPages } from './platformEditPages.js';
import { platformListPage } from './platformListPage.js';

/** The list of platforms above all of them, and one platform's own pages. */
export const platformPages = (parts: CoreParts): RouteDefinition[] => [
  ...platformListPage(parts),
  ...platformDetailPage(parts),
  ...platformEditPages(parts),
  ...platformActivePages(parts),
];
