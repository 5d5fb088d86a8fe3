import { defineCommand } from 'citty';
import { version } from './version.js';

/** All commands; each is loaded when it is used. */
export const commandTree = defineCommand({
  meta: { name: 'wizamart', version, description: 'Runs and looks after Wizamart platforms.' },
  subCommands: {
    start: () => import('./commands/start.js').then((module) => module.start),
    dev: () => import('./commands/dev.js').then((module) => module.dev),
    migrate: () => import('./commands/migrate.js').then((module) => module.migrate),
    seed: () => import('./commands/seed.js').then((module) => module.seed),
    doctor: () => import('./commands/doctor.js').then((module) => module.doctor),
    modules: () => import('./commands/modules.js').then((module) => module.modules),
    routes: () => import('./commands/routes.js').then((module) => module.routes),
    graph: () => import('./commands/graph.js').then((module) => module.graph),
    explain: () => import('./commands/explain.js').then((module) => module.explain),
    openapi: () => import('./commands/openapi.js').then((module) => module.openapi),
    console: () => import('./commands/console.js').then((module) => module.console),
    new: () => import('./commands/new.js').then((module) => module.newPackage),
  },
});
