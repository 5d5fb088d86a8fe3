import { defineService } from '@wizamart/core';
import type { PublicPages } from './services/PublicPages.js';

/** The pages that visitors see, for plugins that show or link to them. */
export const ContentPages = defineService<PublicPages>()('cms.publicPages', { major: 1 });
