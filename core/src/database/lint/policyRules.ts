import type { Policy, Table } from './facts.js';
import type { Finding } from './Finding.js';
import { asksForAdministrators, comparesOwn, hasSubSelect, isSameStore } from './expressions.js';
import { type Classified, servedPrivileges, type TableClass } from './ownership.js';

const commands: Readonly<Record<string, Policy['command']>> = {
  select: 'r',
  insert: 'a',
  update: 'w',
  delete: 'd',
};
const knownRoles = new Set(['app_serve', 'app_system', 'app_directory']);
const redeclare = 'declare the table with the migration builder, which writes the policies';

/** Policies are there, bare, and let nobody past the tenant. */
export function policyFindings(classified: Classified): Finding[] {
  const { table, kind } = classified;
  const found = (what: string, howToMend: string): Finding => ({ table: table.name, what, howToMend });
  return [
    ...table.policies.flatMap((policy) => generalFindings(policy, found)),
    ...(kind ? servedFindings(table, kind, found) : []),
  ];
}

type Found = (what: string, howToMend: string) => Finding;

function generalFindings(policy: Policy, found: Found): Finding[] {
  const strangers = policy.roles.filter((role) => !knownRoles.has(role));
  return [
    ...(strangers.length > 0
      ? [
          found(
            `the policy ${policy.name} holds for ${strangers.join(', ')}`,
            'name app_serve, app_system or app_directory',
          ),
        ]
      : []),
    ...([policy.using, policy.check].some(hasSubSelect)
      ? [
          found(
            `the policy ${policy.name} has a sub-select, which ruins plans`,
            'compare the column with the setting itself',
          ),
        ]
      : []),
    ...(policy.roles.includes('app_directory') && policy.command !== 'r'
      ? [found(`the policy ${policy.name} lets app_directory write`, 'make it for select')]
      : []),
  ];
}

function servedFindings(table: Table, kind: TableClass, found: Found): Finding[] {
  const policies = table.policies.filter(
    (policy) => policy.roles.includes('app_serve') || policy.roles.includes('public'),
  );
  const permissive = policies.filter((policy) => policy.isPermissive);
  return [
    ...servedPrivileges(table).flatMap((privilege) => {
      const command = commands[privilege];
      const holds = permissive.some((policy) => policy.command === command || policy.command === '*');
      return !command || holds
        ? []
        : [found(`app_serve may ${privilege}, but no policy says which rows`, redeclare)];
    }),
    ...permissive.flatMap((policy) => tenantFindings(policy, kind, found)),
    ...(kind === 'store' && !policies.some(keepsStoresApart)
      ? [found('no restrictive policy keeps the stores of one merchant apart', redeclare)]
      : []),
  ];
}

/** Each condition of a permissive policy must itself hold the tenant: several of them are joined by OR. */
function tenantFindings(policy: Policy, kind: TableClass, found: Found): Finding[] {
  const conditions = conditionsOf(policy);
  if (!conditions.every((condition) => holdsTenant(condition, kind))) {
    return [
      found(
        `the policy ${policy.name} does not hold the row to the session's tenant`,
        `${redeclare}; extra conditions may stand beside the comparison, joined by and`,
      ),
    ];
  }
  if (kind === 'platform' && policy.command !== 'r' && !conditions.every(asksForAdministrators)) {
    return [
      found(`the policy ${policy.name} lets others than administrators write platform rows`, redeclare),
    ];
  }
  return [];
}

/** What decides: `using` for rows that are there, `check` for rows to be; a missing check means `using` again. */
function conditionsOf({ command, using, check }: Policy): (string | null)[] {
  if (command === 'a') return [check];
  if (command === 'r' || command === 'd') return [using];
  return [using, check ?? using];
}

function holdsTenant(condition: string | null, kind: TableClass): boolean {
  switch (kind) {
    case 'root':
      return (['platform', 'merchant', 'user'] as const).some((of) => comparesOwn(condition, 'id', of));
    // A tenant may add rows that carry its platform.
    case 'system':
    case 'platform':
      return comparesOwn(condition, 'platform_id', 'platform');
    case 'merchant':
    case 'store':
      return comparesOwn(condition, 'merchant_id', 'merchant');
  }
}

function keepsStoresApart(policy: Policy): boolean {
  return (
    !policy.isPermissive &&
    policy.command === '*' &&
    policy.roles.includes('app_serve') &&
    isSameStore(policy.using) &&
    isSameStore(policy.check ?? policy.using)
  );
}
