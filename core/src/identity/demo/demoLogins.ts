import type { RouteContext } from '../../kernel/route.js';
import type { DemoLogins, LoginView } from '../routes/loginView.js';
import { DEMO_MERCHANTS } from '../../tenancy/demo/demoTenants.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_USERS, type DemoUser } from './demoAccounts.js';

/** The demo accounts that may sign in on a surface; of stores and customers those of this store. */
export const demoLogins = ({ store, platform }: RouteContext, surface: LoginView['surface']): DemoLogins => ({
  password: DEMO_PASSWORD,
  accounts:
    surface === 'storefront'
      ? DEMO_CUSTOMERS.filter(
          (customer) => customer.platform === platform.code && customer.stores.includes(store?.code ?? ''),
        ).map(({ email, name }) => ({ email, role: name }))
      : DEMO_USERS.filter((user) =>
          surface === 'admin'
            ? user.isSuperAdmin ||
              user.adminOf?.includes(platform.code) ||
              (platform.host === null && user.adminOf)
            : worksHere(user, platform.code, store?.code),
        ).map(({ email, role }) => ({ email, role })),
});

/** Whether an account may enter that store; without one, any store of the platform. */
const worksHere = (user: DemoUser, platform: string, store: string | undefined): boolean =>
  DEMO_MERCHANTS.some(({ stores }) => {
    const owns = stores.some(({ code }) => code === user.ownerAt);
    return stores.some(
      ({ code, platforms }) =>
        platforms.includes(platform) &&
        (store === undefined || code === store) &&
        (owns || code in (user.memberOf ?? {})),
    );
  });
