import type { RouteContext } from '../../kernel/route.js';
import type { DemoLogins, LoginView } from '../routes/loginView.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_USERS } from './demoAccounts.js';

/** The demo accounts that may sign in on a surface; of stores and customers those of this store. */
export const demoLogins = ({ store, platform }: RouteContext, surface: LoginView['surface']): DemoLogins => ({
  password: DEMO_PASSWORD,
  accounts: surface === 'storefront'
    ? DEMO_CUSTOMERS.filter((customer) => customer.platform === platform.code && customer.stores.includes(store?.code ?? ''))
      .map(({ email, name }) => ({ email, role: name }))
    : DEMO_USERS.filter((user) => surface === 'admin'
      ? user.isSuperAdmin || user.adminOf?.includes(platform.code) || (platform.host === null && user.adminOf)
      : user.ownerAt || user.memberOf)
      .map(({ email, role }) => ({ email, role })),
});
