import type { DefinerFunction, Role, Schema, View } from './facts.js';
import type { Finding } from './Finding.js';

/** What stands beside the tables: views, functions, roles. */
export function otherFindings(schema: Schema, allowedDefiners: readonly string[]): Finding[] {
  return [
    ...schema.views.flatMap(viewFindings),
    ...schema.definers.flatMap((each) => definerFindings(each, allowedDefiners)),
    ...schema.roles.flatMap(roleFindings),
  ];
}

function viewFindings({ name, isMaterialized, isInvoker }: View): Finding[] {
  if (isMaterialized)
    return [
      {
        table: name,
        what: 'a materialized view has no row-level security',
        howToMend: 'make it a tenant table that a job fills',
      },
    ];
  if (isInvoker) return [];
  return [
    {
      table: name,
      what: 'the view reads with the rights of its owner',
      howToMend: `alter view ${name} set (security_invoker = true)`,
    },
  ];
}

function definerFindings(
  { name, comment, hasSearchPath, isPublic }: DefinerFunction,
  allowed: readonly string[],
): Finding[] {
  const found = (what: string, howToMend: string): Finding => ({ table: `${name}()`, what, howToMend });
  if (!allowed.includes(name))
    return [
      found(
        'it runs with the rights of its owner',
        'make it security invoker, or have it reviewed and name it in allowedDefiners',
      ),
    ];
  return [
    ...(comment
      ? []
      : [
          found('it runs with the rights of its owner and no comment says why', 'comment on function … is …'),
        ]),
    ...(hasSearchPath
      ? []
      : [
          found(
            'it runs with the rights of its owner and a search path of the caller',
            'add: set search_path = pg_catalog, pg_temp',
          ),
        ]),
    ...(isPublic ? [found('everybody may run it', 'revoke all on function … from public')] : []),
  ];
}

function roleFindings({ name, isSuperuser, bypassesRowSecurity, owns }: Role): Finding[] {
  const found = (what: string, howToMend: string): Finding => ({ table: `role ${name}`, what, howToMend });
  return [
    ...(isSuperuser ? [found('it is a superuser', `alter role ${name} nosuperuser`)] : []),
    ...(bypassesRowSecurity
      ? [found('it bypasses row-level security', `alter role ${name} nobypassrls`)]
      : []),
    ...(owns ? [found(`it owns ${owns}`, `alter table ${owns} owner to the role that migrates`)] : []),
  ];
}
