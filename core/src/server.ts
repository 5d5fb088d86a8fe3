/** Running the framework: what the command line and scripts use. */
export { ConfigError, readConfig } from './config/config.js';
export type { Config } from './config/config.js';
export { startServer } from './server/startServer.js';
export type { RunningServer, ServerOptions } from './server/startServer.js';
export { collectPlugins } from './server/collectPlugins.js';
export { openDatabase } from './server/openDatabase.js';
export { bringDemo } from './server/demo.js';
export { databaseRoleAdvice } from './server/databaseRoleAdvice.js';
export { formatBootTree } from './kernel/boot.js';
export { DatabaseError } from './database/errors.js';
