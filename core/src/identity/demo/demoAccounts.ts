/** Password of all demo accounts; published, hence refused in production. */
export const DEMO_PASSWORD = 'wizamart-demo';

export interface DemoUser {
  readonly email: string;
  readonly name: string;
  /** What the start-up screen says of it. */
  readonly role: string;
  readonly isSuperAdmin?: boolean;
  /** Codes of the platforms that it administers. */
  readonly adminOf?: readonly string[];
  /** Code of any store of the merchant that it owns. */
  readonly ownerAt?: string;
  /** Store code → built-in role. */
  readonly memberOf?: Readonly<Record<string, 'manager' | 'staff'>>;
}

export const DEMO_USERS: readonly DemoUser[] = [
  { email: 'admin@wizamart.example', name: 'Alex Admin', role: 'super admin', isSuperAdmin: true },
  { email: 'oms-admin@wizamart.example', name: 'Olivia Martin', role: 'admin of oms', adminOf: ['oms'] },
  { email: 'owner@acme.example', name: 'Claire Hoffmann', role: 'owner of Acme', ownerAt: 'acme' },
  {
    email: 'staff@acme.example',
    name: 'Tom Schmit',
    role: 'staff of the store acme',
    memberOf: { acme: 'staff' },
  },
  { email: 'owner@techpro.example', name: 'Luc Muller', role: 'owner of TechPro', ownerAt: 'techpro' },
  { email: 'owner@weber.example', name: 'Anna Weber', role: 'owner of Bäckerei Weber', ownerAt: 'weber' },
];

export interface DemoCustomer {
  readonly email: string;
  readonly name: string;
  readonly platform: string;
  /** Codes of the stores where it has an account; each is another one. */
  readonly stores: readonly string[];
}

export const DEMO_CUSTOMERS: readonly DemoCustomer[] = [
  { email: 'ada@customer.example', name: 'Ada Customer', platform: 'oms', stores: ['acme', 'techpro'] },
];

/** Codes of all stores that demo accounts belong to. */
export const DEMO_STORES: readonly string[] = [
  ...new Set([
    ...DEMO_USERS.flatMap((user) => [
      ...(user.ownerAt ? [user.ownerAt] : []),
      ...Object.keys(user.memberOf ?? {}),
    ]),
    ...DEMO_CUSTOMERS.flatMap((customer) => customer.stores),
  ]),
];
