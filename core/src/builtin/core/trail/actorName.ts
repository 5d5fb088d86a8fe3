import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { ModuleTexts } from '../../platform-admin/modules/moduleTexts.js';
import type { TrailNames } from './trailNames.js';

/** Names of what acts by itself in core. */
const OWN: Readonly<Record<string, string>> = {
  'core.demo': 'core.audit.by.demo',
  'core.install': 'core.audit.by.install',
};

/** Who did something, as people call them: a person, a module, the command line. */
export function actorName(
  { actor, impersonator }: AuditEntry,
  texts: ModuleTexts,
  names: TrailNames,
): string {
  const own = nameOf(actor, texts, names);
  if (!impersonator) return own;
  const admin = names.get(impersonator.id ?? '') ?? impersonator.name;
  return texts.words.text('core.audit.by.impersonator', { admin, member: own });
}

function nameOf(
  { kind, id, name }: AuditEntry['actor'],
  { words, plugins, ...texts }: ModuleTexts,
  names: TrailNames,
): string {
  if (kind === 'anonymous') return words.text('core.audit.by.anonymous');
  if (kind !== 'system') return names.get(id ?? '') ?? name;
  if (name.startsWith('wizamart ')) return words.text('core.audit.by.cli');
  const key = OWN[name];
  if (key !== undefined) return words.text(key);
  // Jobs and services are called `module.something`.
  const [module = ''] = name.split('.');
  return module !== 'core' && plugins.has(module) ? texts.name(module) : words.text('core.audit.by.system');
}
