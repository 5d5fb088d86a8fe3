import type { PermissionDefinition } from '@wizamart/core';

/** Who may look into the running system. */
export const MAY_LOOK = 'dev-tools.inspection.view';

export const devToolsPermissions: Readonly<Record<string, PermissionDefinition>> = {
  [MAY_LOOK]: { audience: 'admin', label: 'dev-tools.permissions.inspection' },
};
