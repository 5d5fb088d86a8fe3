import {
  defineJob,
  type JobDefinition,
  type MenuItemDefinition,
  type RouteDefinition,
  z,
} from '@wizamart/core';
import type { ProductTexts } from '../catalog/texts/ProductTexts.js';
import type { GiveTexts } from '../pricing/giveTexts.js';
import { capacityApi, type CapacityRouteServices } from './capacityApi.js';
import { CapacityMeasure } from './CapacityMeasure.js';
import { capacityPages } from './capacityPages.js';
import { CapacitySnapshots } from './CapacitySnapshots.js';
import { capacityComments, capacityTables } from './capacityTables.js';
import { CapacityTrends } from './CapacityTrends.js';
import { DemoCapacity } from './DemoCapacity.js';
import { CAPACITY } from './permissions.js';

export { capacityHealth } from './capacityHealth.js';
export { capacityPermissions } from './permissions.js';

export const capacityServices = {
  capacityMeasure: CapacityMeasure,
  capacitySnapshots: CapacitySnapshots,
  capacityTrends: CapacityTrends,
  demoCapacity: DemoCapacity,
};

export const capacityMigrations = [capacityTables, capacityComments];

export const capacityMenu: readonly MenuItemDefinition[] = [
  {
    code: 'capacity',
    surface: 'admin',
    label: 'billing.menu.capacity',
    path: '/capacity',
    section: 'billing',
    order: 430,
    icon: 'gauge',
    permission: CAPACITY.view,
    feature: 'capacity_planning',
  },
];

export const capacityRoutes = (
  services: CapacityRouteServices & { readonly giveTexts: GiveTexts; readonly productTexts: ProductTexts },
): RouteDefinition[] => [...capacityApi(services), ...capacityPages(services)];

/** Once an hour, so that a day has its snapshot also when the server was down at its beginning; the first one counts. */
export const capacityJobs = ({
  capacitySnapshots,
}: {
  readonly capacitySnapshots: CapacitySnapshots;
}): JobDefinition[] => [
  defineJob({
    name: 'billing.capture_capacity_snapshot',
    input: z.object({}),
    schedule: '40 * * * *',
    run: async (ctx) => void (await capacitySnapshots.capture(ctx)),
  }),
];
