import loyalty from '@wizamart/host-loyalty';
import main from '@wizamart/host-main';
import oms from '@wizamart/host-oms';
import siteBuilder from '@wizamart/host-site-builder';
import { startTestServer, type TestAppServer, type TestClient } from '@wizamart/core/testing';

/** The hosts as they are shipped. */
export const HOSTS = [main, oms, loyalty, siteBuilder] as const;

/** Password of every demo account. */
export const PASSWORD = 'wizamart-demo';

/** All four products with their demo data, as `npm start` brings them. */
export function openShop(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestAppServer> {
  return startTestServer({ hosts: HOSTS, demo: true, ...options });
}

/** Signs a demo account in through a sign-in form on localhost, as a person does. */
export async function signedIn(server: TestAppServer, email: string, at: string): Promise<TestClient> {
  const client = server.client();
  await client.signIn({ surface: 'admin', path: `${at}/login`, email, password: PASSWORD });
  return client;
}

export const superAdmin = (server: TestAppServer): Promise<TestClient> =>
  signedIn(server, 'admin@wizamart.example', '/admin');

/** The owner of Acme, at the dashboard of the store acme. */
export const acmeOwner = (server: TestAppServer): Promise<TestClient> =>
  signedIn(server, 'owner@acme.example', '/platforms/oms/store/acme');

/** Tables that change by themselves: heartbeats, and what is kept of requests that were refused. */
const RESTLESS = ['core_node', 'core_login_attempt', 'core_session', 'core_store_use'];

/** How many rows each table holds, whoever they belong to. */
export async function countRows(server: TestAppServer): Promise<Record<string, number>> {
  const tables = await server.database.everything<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1) order by 1",
    [RESTLESS],
  );
  const counts = tables.map(({ name }) => `(select count(*)::int from ${name}) as "${name}"`);
  const [row] = await server.database.everything<Record<string, number>>(`select ${counts.join(', ')}`);
  return row as Record<string, number>;
}
