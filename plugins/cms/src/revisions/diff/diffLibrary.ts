import { createRequire } from 'node:module';
import type * as Diff from 'diff';

const require = createRequire(import.meta.url);

/** What compares two texts; loaded for the first comparison, not at every start. */
export const diffLibrary = (): typeof Diff => require('diff') as typeof Diff;
