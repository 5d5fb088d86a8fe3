import type { RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { themePreviewRoutes } from './previewRoutes.js';
import { themeApi } from './themeApi.js';
import { THEME_DESKS } from './ThemeDesk.js';
import { themeHistoryPages } from './themeHistory.js';
import { themePages } from './themePages.js';
import { brandPictureRoutes, themePictureRoutes } from './themePictures.js';

/** The look of a store and of a platform: editor, preview, history, API. */
export const themeRoutes = (parts: CoreParts): RouteDefinition[] => [
  ...THEME_DESKS.flatMap((desk) => [
    ...themePages(parts, desk),
    ...themePictureRoutes(parts, desk),
    ...themeHistoryPages(parts, desk),
    ...themePreviewRoutes(parts, desk),
    ...themeApi(parts, desk),
  ]),
  ...brandPictureRoutes(parts),
];
