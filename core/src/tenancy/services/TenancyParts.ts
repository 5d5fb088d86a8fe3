import type { Database } from '../../database/Database.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { Directory } from '../Directory.js';

/** What the services of tenancy stand on. */
export interface TenancyParts {
  readonly database: Database;
  readonly tenants: Directory;
  readonly audit: Pick<Audit, 'record'>;
}
