import type pg from 'pg';

export interface Column {
  readonly name: string;
  readonly notNull: boolean;
  readonly comment: string | null;
}

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  readonly isPrimary: boolean;
  /** Null where it is an expression. */
  readonly columns: readonly (string | null)[];
  readonly comment: string | null;
}

export interface ForeignKey {
  readonly name: string;
  readonly target: string;
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
}

export interface Policy {
  readonly name: string;
  readonly isPermissive: boolean;
  /** `r`, `a`, `w`, `d`, or `*` for all. */
  readonly command: 'r' | 'a' | 'w' | 'd' | '*';
  /** 'public' stands for everybody. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

export interface Grant {
  readonly role: string;
  readonly privilege: string;
}

/** What the catalogue says of a table. */
export interface Table {
  readonly name: string;
  readonly owner: string;
  readonly comment: string | null;
  readonly rowSecurity: boolean;
  readonly isForced: boolean;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly policies: readonly Policy[];
  readonly grants: readonly Grant[];
}

export interface View {
  readonly name: string;
  readonly isMaterialized: boolean;
  readonly isInvoker: boolean;
}

export interface DefinerFunction {
  readonly name: string;
  readonly comment: string | null;
  readonly hasSearchPath: boolean;
  readonly isPublic: boolean;
}

export interface Role {
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly bypassesRowSecurity: boolean;
  readonly owns: string | null;
}

/** Everything the rules look at. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly definers: readonly DefinerFunction[];
  /** The group roles and everybody who may take one on. */
  readonly roles: readonly Role[];
}

/** The job queue keeps its own house. */
const ours = "n.nspname !~ '^(pg_|information_schema$|graphile_worker)'";

const tables = `
  select c.oid::regclass::text as name, pg_get_userbyid(c.relowner) as owner, obj_description(c.oid, 'pg_class') as comment,
    c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as "isForced",
    (select coalesce(json_agg(json_build_object('name', a.attname, 'notNull', a.attnotnull, 'comment', col_description(c.oid, a.attnum)) order by a.attnum), '[]')
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(json_build_object('name', i.indexrelid::regclass::text, 'isUnique', i.indisunique, 'isPrimary', i.indisprimary,
        'columns', (select json_agg(a.attname order by k.place) from unnest(i.indkey::int2[]) with ordinality k(number, place)
            left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and k.number > 0 where k.place <= i.indnkeyatts),
        'comment', obj_description(i.indexrelid, 'pg_class')) order by i.indexrelid), '[]') from pg_index i where i.indrelid = c.oid) as indexes,
    (select coalesce(json_agg(json_build_object('name', k.conname, 'target', k.confrelid::regclass::text,
        'columns', (select json_agg(a.attname order by u.place) from unnest(k.conkey) with ordinality u(number, place) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number),
        'targetColumns', (select json_agg(a.attname order by u.place) from unnest(k.confkey) with ordinality u(number, place) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number)
      ) order by k.conname), '[]') from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') as "foreignKeys",
    (select coalesce(json_agg(json_build_object('name', p.polname, 'isPermissive', p.polpermissive, 'command', p.polcmd,
        'roles', (select json_agg(case when r.oid = 0 then 'public' else pg_get_userbyid(r.oid) end) from unnest(p.polroles) r(oid)),
        'using', pg_get_expr(p.polqual, c.oid), 'check', pg_get_expr(p.polwithcheck, c.oid)) order by p.polname), '[]') from pg_policy p where p.polrelid = c.oid) as policies,
    (select coalesce(json_agg(distinct jsonb_build_object('role', case when g.grantee = 0 then 'public' else pg_get_userbyid(g.grantee) end, 'privilege', lower(g.privilege_type))), '[]')
      from (select (aclexplode(coalesce(c.relacl, acldefault('r', c.relowner)))).*
        union all select (aclexplode(a.attacl)).* from pg_attribute a where a.attrelid = c.oid and a.attacl is not null) g) as grants
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f') and ${ours} order by 1`;

const views = `
  select c.oid::regclass::text as name, c.relkind = 'm' as "isMaterialized",
    coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false) as "isInvoker"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${ours} order by 1`;

const definers = `
  select p.proname as name, obj_description(p.oid, 'pg_proc') as comment,
    coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false) as "hasSearchPath",
    exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as "isPublic"
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours} order by 1`;

const roles = `
  select r.rolname as name, r.rolsuper as "isSuperuser", r.rolbypassrls as "bypassesRowSecurity",
    (select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relowner = r.oid and c.relkind in ('r', 'p') and ${ours} order by 1 limit 1) as owns
  from pg_roles r where r.rolname in ('app_serve', 'app_system', 'app_directory')
    or (r.rolcanlogin and not r.rolsuper and exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
      where m.member = r.oid and g.rolname in ('app_serve', 'app_system', 'app_directory')))
  order by 1`;

/** Reads the catalogue; any role may. */
export async function readSchema(client: Pick<pg.ClientBase, 'query'>): Promise<Schema> {
  const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> =>
    (await client.query<Row>(sql)).rows;
  return {
    tables: await rows<Table>(tables),
    views: await rows<View>(views),
    definers: await rows<DefinerFunction>(definers),
    roles: await rows<Role>(roles),
  };
}
