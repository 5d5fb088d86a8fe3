import type { OpenDatabase } from '@wizamart/core/server';

/** What the supervisor says. */
export type ToChild =
  | { readonly type: 'load' }
  | {
      readonly type: 'serve';
      readonly hosts: readonly string[];
      readonly place: Omit<OpenDatabase, 'stop'>;
      readonly isFirst: boolean;
    }
  | { readonly type: 'stop' };

/** What it answers. */
export type FromChild =
  | { readonly type: 'ready'; readonly screen: string; readonly platforms: number }
  | { readonly type: 'failed'; readonly words: string };
