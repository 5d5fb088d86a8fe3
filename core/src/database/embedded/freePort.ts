import { createHash } from 'node:crypto';
import net from 'node:net';

/** Ports for the server: above the well-known ones, below those the system hands out by itself. */
const firstPort = 20_000;
const ports = 12_000;

/**
 * Finds a port that nobody listens on, below 32768.
 *
 * The search begins at a place that depends on the folder, so that a cluster mostly keeps its port.
 *
 * @param attempt number of times a server could not take the port found before
 */
export async function freePort(directory: string, attempt: number): Promise<number> {
  const preferred = createHash('sha256').update(directory).digest().readUInt32BE(0) + attempt * 101;
  for (let step = 0; step < 100; step++) {
    const port = firstPort + ((preferred + step) % ports);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port for the database near ${firstPort + (preferred % ports)}.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
