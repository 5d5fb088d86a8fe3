import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, type Config } from '../config/config.js';

/** Opens the port. @throws {ConfigError} when it is in use or not allowed, naming the way out */
export function listen(http: Server, { port, hostname }: Pick<Config, 'port' | 'hostname'>): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new ConfigError(
            `port ${port} is in use; stop what listens there, or choose another one: PORT=${port + 1} npm start`,
          ),
        );
      else if (error.code === 'EACCES')
        reject(
          new ConfigError(
            `port ${port} may not be opened by this user; choose one above 1023: PORT=8000 npm start`,
          ),
        );
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        reject(new ConfigError(`HOST=${hostname} is no address of this machine; use 127.0.0.1 or 0.0.0.0`));
      else reject(error);
    });
    http.listen(port, hostname, () => {
      resolve((http.address() as AddressInfo).port);
    });
  });
}
