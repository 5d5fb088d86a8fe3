import { setTimeout as pause } from 'node:timers/promises';
import { startTestServer } from '../startTestServer.js';
import { standIns, type ContractSubject, type Findings } from './subject.js';

const PATIENCE_MS = 3_000;

/** A server with the plugin leaves no timer, socket or other thing behind that would keep the process alive. */
export async function openHandleFindings({ plugin, with: others }: ContractSubject): Promise<Findings> {
  const plugins = [...standIns([plugin, ...others], false), ...others, plugin];
  // Once before: what a process opens for good (the pool of threads, the test database's server) is not the plugin's.
  await (await startTestServer({ plugins })).stop();
  const before = resources();
  const server = await startTestServer({ plugins });
  await server.stop();
  const findings = server.log.entries.map(
    ({ level, message, fields }) =>
      `${level} while starting or stopping: ${message} ${JSON.stringify(fields)}`,
  );
  const began = performance.now();
  for (;;) {
    const left = [...resources()].filter(([name, count]) => count > (before.get(name) ?? 0));
    if (left.length === 0) return findings;
    if (performance.now() - began > PATIENCE_MS)
      return [
        ...findings,
        ...left.map(
          ([name, count]) =>
            `after stopping there are ${count} of ${name}, before there were ${before.get(name) ?? 0}`,
        ),
      ];
    // Closing sockets takes turns of the event loop; this timer is not there when the next look is taken.
    await pause(20);
  }
}

/** What keeps the process alive, by kind. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
