/** Keeps the rows that a store has on one platform from its sessions on another: a second, restrictive policy. */
export const platformWall = (table: string): string => `
  CREATE POLICY ${table}_platform ON ${table} AS RESTRICTIVE FOR ALL TO app_serve
  USING (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)
  WITH CHECK (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`;
