import { defineService, type TenantContext } from '@wizamart/core';

/** A shop as the outside marketplace shows it to everybody. */
export interface FoundShop {
  /** Under which the marketplace knows it; at most 200 characters. */
  readonly externalId: string;
  readonly slug: string | null;
  readonly name: string;
  readonly city: string | null;
  /** Address of its page there. */
  readonly url: string | null;
}

/** What came of saying "this is my shop". */
export type ShopClaim =
  | {
      readonly status: 'claimed';
      readonly shop: FoundShop;
      /** What the marketplace knows of the business, to be corrected by who signs up. */
      readonly business: {
        readonly legalName: string | null;
        readonly line1: string | null;
        readonly postalCode: string | null;
        readonly city: string | null;
        readonly vatId: string | null;
      } | null;
      /** How it was proved; kept with the claim, so no secrets. */
      readonly proof: Readonly<Record<string, string | number | boolean | null>>;
    }
  /** Something only the owner knows is asked: `question` in the language of `ctx`. */
  | { readonly status: 'proof-needed'; readonly question: string }
  | { readonly status: 'refused' };

/** Looks up shops of an outside marketplace for who signs up. A module that knows one provides it. */
export interface ShopDirectory {
  /** Code under which claims are kept, for example `letzshop`. */
  readonly provider: string;
  /** As people call it, for example `Letzshop`. */
  readonly name: string;
  /** Shops by part of their name or the address of their page; at most 20. Goes outside: not in a unit of work. */
  search(ctx: TenantContext, q: string): Promise<readonly FoundShop[]>;
  /** @param proof answer to the question; null at first. Not in a unit of work. */
  claim(
    ctx: TenantContext,
    input: { readonly externalId: string; readonly proof: string | null },
  ): Promise<ShopClaim>;
}

/** Sign-up shows its look-up only where a module that provides this is on. */
export const ShopDirectoryService = defineService<ShopDirectory>()('marketplace.shopDirectory', { major: 1 });
