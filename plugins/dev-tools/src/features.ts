import type { FeatureDefinition } from '@wizamart/core';

export const devToolsFeatures: readonly FeatureDefinition[] = [
  { code: 'component_gallery', name: 'Component gallery' },
  { code: 'icon_browser', name: 'Icon browser' },
];
