import pino, { type Logger } from 'pino';
import type { Config } from '../config/config.js';
import { currentAttribute } from '../kernel/Attribution.js';

/** Writes JSON lines to standard error, each with the plugin and platform on whose behalf it was written. */
export function makeLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    { level: logLevel, mixin: () => ({ ...currentAttribute() }) },
    pino.destination({ dest: 2, sync: true }),
  );
}
