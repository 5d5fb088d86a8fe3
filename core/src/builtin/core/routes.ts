import { authApiRoutes } from '../../identity/routes/authApi.js';
import { signInPages } from '../../identity/routes/signInPages.js';
import { storePickerRoute } from '../../identity/routes/storePicker.js';
import type { RouteDefinition } from '../../kernel/route.js';
import { searchRoutes } from './commands/searchRoutes.js';
import type { CoreParts } from './CoreParts.js';
import { dashboardRoutes } from './dashboards.js';
import { jobRoutes } from './jobRoutes.js';
import { preferenceRoutes } from './preferenceRoutes.js';
import { ownMenuRoutes } from './ownMenuRoutes.js';
import { profileRoutes } from './profileRoutes.js';
import { publicRoutes } from './publicRoutes.js';
import { settingsRoutes } from './settingsRoutes.js';
import { activityRoutes } from './activity/activityRoutes.js';
import { storeSettingsRoutes } from './settings/storeSettings.js';
import { themeRoutes } from './theme/themeRoutes.js';

export const coreRoutes = (parts: CoreParts): readonly RouteDefinition[] => [
  ...authApiRoutes(parts),
  ...signInPages(parts),
  storePickerRoute({ access: parts.storeAccess }),
  ...dashboardRoutes(parts),
  ...searchRoutes(parts),
  ...ownMenuRoutes(parts),
  ...settingsRoutes(parts),
  ...storeSettingsRoutes(parts),
  ...activityRoutes(parts),
  ...themeRoutes(parts),
  ...profileRoutes(parts),
  ...preferenceRoutes(parts),
  ...jobRoutes(parts),
  ...publicRoutes(parts),
];
