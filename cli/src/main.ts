#!/usr/bin/env node
import { defineCommand, runMain } from 'citty';

const main = defineCommand({
  meta: { name: 'wizamart', description: 'Runs and looks after Wizamart platforms.' },
  subCommands: {
    start: () => import('./commands/start.js').then((module) => module.start),
    migrate: () => import('./commands/migrate.js').then((module) => module.migrate),
    seed: () => import('./commands/seed.js').then((module) => module.seed),
    modules: () => import('./commands/modules.js').then((module) => module.modules),
    doctor: () => import('./commands/doctor.js').then((module) => module.doctor),
  },
});

await runMain(main);
