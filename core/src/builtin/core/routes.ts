import { authApiRoutes } from '../../identity/routes/authApi.js';
import { secondStepPages } from '../../identity/routes/secondStepPages.js';
import { signInPages } from '../../identity/routes/signInPages.js';
import { storePickerRoute } from '../../identity/routes/storePicker.js';
import type { RouteDefinition } from '../../kernel/route.js';
import { searchRoutes } from './commands/searchRoutes.js';
import type { CoreParts } from './CoreParts.js';
import { dashboardRoutes } from './dashboards.js';
import { installationRoutes } from './installationRoutes.js';
import { jobPages } from './jobPages.js';
import { jobRoutes } from './jobRoutes.js';
import { preferenceRoutes } from './preferenceRoutes.js';
import { ownMenuRoutes } from './ownMenuRoutes.js';
import { accountApi } from './account/accountApi.js';
import { accountPages } from './account/accountPages.js';
import { forgotPages } from './auth/forgotPages.js';
import { impersonationPages } from './auth/impersonationPages.js';
import { invitationPages } from './auth/invitationPages.js';
import { publicRoutes } from './publicRoutes.js';
import { settingsRoutes } from './settingsRoutes.js';
import { activityRoutes } from './activity/activityRoutes.js';
import { storeSettingsRoutes } from './settings/storeSettings.js';
import { themeRoutes } from './theme/themeRoutes.js';

export const coreRoutes = (parts: CoreParts): readonly RouteDefinition[] => [
  ...authApiRoutes(parts),
  ...signInPages(parts),
  ...secondStepPages(parts),
  ...forgotPages(parts),
  ...invitationPages(parts),
  ...impersonationPages(parts),
  storePickerRoute({ access: parts.storeAccess }),
  ...dashboardRoutes(parts),
  ...searchRoutes(parts),
  ...ownMenuRoutes(parts),
  ...settingsRoutes(parts),
  ...storeSettingsRoutes(parts),
  ...activityRoutes(parts),
  ...themeRoutes(parts),
  ...accountPages(parts),
  ...accountApi(parts),
  ...preferenceRoutes(parts),
  ...jobRoutes(parts),
  ...jobPages(parts),
  ...installationRoutes(parts),
  ...publicRoutes(parts),
];
