import fs from 'node:fs';
import path from 'node:path';
import { root } from './processes.js';

// The test kit keeps its database server below the folder it is run in: a home of our own, so that no tests share it.
const home = path.join(root, '.cache/bench');
fs.mkdirSync(home, { recursive: true });
process.chdir(home);

export {
  eventually,
  startTestServer,
  testDatabase,
  testHost,
  type TestAppServer,
  type TestClient,
  type TestDatabase,
} from '@wizamart/core/testing';
