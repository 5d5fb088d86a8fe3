// Checks who imports whom: hosts → plugins → core, by package name and public entry, without circles.
import { checkBoundaries } from './lib/boundaries.mjs';
import { root } from './lib/workspace.mjs';

const { looked, faults } = await checkBoundaries(root);
for (const fault of faults) console.error(fault);
console.log(`boundaries: looked at ${looked} modules, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
