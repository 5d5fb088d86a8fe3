import type { SubjectPage } from '../../kernel/plugin.js';

const admin = (path: string, permission: string): readonly SubjectPage[] => [
  { surface: 'admin', path, permission: `platform-admin.${permission}` },
];

/** Where lines of the trail about platforms and their merchants lead. */
export const subjectPages: Readonly<Record<string, readonly SubjectPage[]>> = {
  platform: admin('/platform', 'platforms.view'),
  merchant: admin('/merchants/{id}', 'merchants.view'),
  store: admin('/stores/{id}', 'stores.view'),
  tier: admin('/tiers', 'tiers.view'),
  module: admin('/modules', 'modules.view'),
  menu: admin('/menu', 'menu.view'),
  domain: admin('/domains', 'stores.view'),
  platform_role: admin('/roles', 'roles.view'),
};
