import { readFileSync } from 'node:fs';
import { packageRoot } from './packageRoot.js';

/** Version of this package. */
export const version = (
  JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }
).version;
