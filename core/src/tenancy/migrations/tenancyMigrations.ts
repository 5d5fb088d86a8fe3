import { domainsMigration } from './20261119_tenancy_domains.js';
import { tenancyMigration } from './20261119_tenancy.js';
import { draftsMigration } from './20261122_tenancy_drafts.js';
import { themeMigration } from './20261122_tenancy_theme.js';

/** Tables of platforms, merchants, stores and domains; before all others of the core, which point to them. */
export const tenancyMigrations = [tenancyMigration, domainsMigration, draftsMigration, themeMigration];
