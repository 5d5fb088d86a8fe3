/** What a person may do where, as the session look-up brings it; permissions follow from it and the modules that are on. */
export interface Grants {
  readonly isSuperAdmin: boolean;
  /** Platforms that the person administers. */
  readonly adminOf: readonly string[];
  /** Permissions of the custom role held on a platform, by its id; where there is none, everything of it is held. */
  readonly adminRoles?: Readonly<Record<string, readonly string[]>>;
  /** The merchant of the request's store, when the person owns it. */
  readonly ownerOf: readonly string[];
  /** Role in the store of the request; null where the person is no member of it, or the request has no store. */
  readonly membership: Membership | null;
}

export const BUILT_IN_ROLES = ['manager', 'staff'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

export interface Membership {
  readonly storeId: string;
  /** A built-in role, or the id of one of the merchant's own. */
  readonly roleCode: BuiltInRole | (string & {});
  /** Permissions of the merchant's own role; empty for built-in ones. */
  readonly permissions: readonly string[];
}
