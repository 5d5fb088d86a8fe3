import type { Database } from '../../database/Database.js';
import type { EventBus } from '../../events/EventBus.js';
import type { Audit } from '../../identity/audit/Audit.js';
import type { Directory } from '../Directory.js';

/** What the services of tenancy stand on. */
export interface TenancyParts {
  readonly database: Database;
  readonly tenants: Directory;
  readonly audit: Pick<Audit, 'record'>;
  /** Told of stores that come and go; left out where nobody listens yet. */
  readonly events?: Pick<EventBus, 'emit'>;
}
