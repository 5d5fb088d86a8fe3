import type { TenantContext } from '@wizamart/core';
import type { NewPage, PageChanges } from '../input/pageInput.js';
import type { PagePermissions } from '../permissions.js';
import type { PageDetail } from '../types.js';

/** A page of the site as links name it. */
export interface PageLink {
  readonly slug: string;
  readonly title: string;
}

/** One place where pages are edited: marketing pages, store defaults, or a store's pages. */
export interface PageDesk {
  readonly surface: 'admin' | 'store';
  /** Path of its list; everything else stands below. */
  readonly base: string;
  readonly menu: string;
  readonly permissions: PagePermissions;
  /** Its words begin with `cms.{words}.`. */
  readonly words: 'marketing' | 'defaults' | 'pages';
  /** Published pages that a text may lead to, by title. */
  links(ctx: TenantContext): Promise<readonly PageLink[]>;
  get(ctx: TenantContext, id: string): Promise<PageDetail>;
  create(ctx: TenantContext, input: NewPage): Promise<PageDetail>;
  patch(ctx: TenantContext, id: string, changes: PageChanges): Promise<PageDetail>;
  publish(ctx: TenantContext, id: string): Promise<PageDetail>;
  remove(ctx: TenantContext, id: string): Promise<void>;
  /** Undoes `remove`, for a day. */
  bringBack(ctx: TenantContext, id: string): Promise<void>;
}
