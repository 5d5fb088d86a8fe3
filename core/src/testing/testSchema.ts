import { coreMigrations } from '../builtin/core/plugin.js';
import { installJobSchema, JOB_SCHEMA_REVISION } from '../jobs/installJobSchema.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import type { TestSchema } from './testTemplate.js';

/** Tables of core, of the job queue and of the plugins, for `testDatabase`; no rows. */
export const testSchema = (...plugins: readonly AnyPlugin[]): TestSchema => ({
  sets: [
    { plugin: 'core', migrations: coreMigrations },
    ...plugins.map(({ code, migrations }) => ({ plugin: code, migrations })),
  ],
  prepare: { key: `jobs ${JOB_SCHEMA_REVISION}`, run: installJobSchema },
});
