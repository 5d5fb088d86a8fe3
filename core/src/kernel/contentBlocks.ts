import { defineHook } from './hook.js';

/** Blocks of a page that is about to be drawn, with what their templates need beside what was written. */
export interface ContentBlocks {
  readonly blocks: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
  /** Below the site's root, of the page that shows them. */
  readonly path: string;
}

/** Lets modules add to their blocks what is not written in them, such as prices; runs in the request that shows the page. */
export const contentBlocks = defineHook<ContentBlocks>('core.contentBlocks');
