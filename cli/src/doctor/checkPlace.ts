import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '@wizamart/core/server';
import { upwards } from '../installation/findInstallation.js';
import { error, ok, warning, type Finding } from './Finding.js';

/** The data folder can be written to, and what is secret in it is for its owner only. */
export function checkDataFolder({ dataFolder, database }: Config): Finding[] {
  const folder = path.resolve(dataFolder);
  const nearest = [...upwards(folder)].find((place) => existsSync(place)) as string;
  try {
    accessSync(nearest, constants.W_OK);
  } catch {
    const finding = `${nearest} cannot be written to by this user`;
    const fix = `let its owner be who runs the server, or name another folder: WIZAMART_DATA=…`;
    return [
      database.url === undefined ? error('data-folder', finding, fix) : warning('data-folder', finding, fix),
    ];
  }
  const secret = path.join(folder, 'secret');
  if (existsSync(secret) && (statSync(secret).mode & 0o077) !== 0) {
    return [warning('data-folder', `${secret} can be read by others of this machine`, `chmod 600 ${secret}`)];
  }
  return [ok('data-folder', `${folder} can be written to`)];
}

/** Secrets are encrypted with a key that stays. */
export function checkSecret({ secret, database, environment }: Config): Finding[] {
  if (secret) return [ok('secret', 'WIZAMART_SECRET is set')];
  if (database.url === undefined)
    return [ok('secret', 'the key for secrets is made and kept in the data folder')];
  return [
    warning(
      'secret',
      `WIZAMART_SECRET is not set (${environment}): each data folder makes a key of its own, and other nodes cannot read the secrets`,
      'node -p "crypto.randomBytes(32).toString(\'hex\')", and set it on every node',
    ),
  ];
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Tests in a browser find one. */
export function checkChromium(places: readonly string[] = BROWSERS): Finding[] {
  const found = [process.env['CHROMIUM'] ?? '', ...places].find((place) => place !== '' && existsSync(place));
  if (found) return [ok('chromium', `${found} is there for tests in a browser`)];
  return [
    warning(
      'chromium',
      'no Chromium is installed: tests in a browser are skipped',
      'apt-get install chromium',
    ),
  ];
}
