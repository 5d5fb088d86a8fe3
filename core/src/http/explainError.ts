import { RenderFailed, TemplateNotFound, TemplateOfDisabledModule } from '../render/errors.js';
import { DomainError } from '../errors/defineError.js';

export interface WhereItFailed {
  readonly platform: string;
  readonly store: string | null;
  readonly plugin: string | null;
  readonly method: string;
  readonly path: string;
}

/** What a developer needs to mend an unexpected error: where, whose, and the way out. */
export function explainError(error: unknown, where: WhereItFailed): Readonly<Record<string, unknown>> {
  const data = error instanceof DomainError ? (error.data as Record<string, unknown>) : {};
  return {
    message: error instanceof Error ? error.message : String(error),
    name: error instanceof Error ? error.name : 'Error',
    ...where,
    template: data['template'] ?? null,
    line: data['line'] ?? null,
    fix: fixFor(error),
    stack: error instanceof Error ? chainOf(error) : '',
  };
}

function fixFor(error: unknown): string {
  if (error instanceof TemplateNotFound) return 'Create the file, or correct the name that the route hands to view().';
  if (error instanceof TemplateOfDisabledModule) return 'Do not use the template of another module without asking whether it is on.';
  if (error instanceof RenderFailed) return 'Look at the named line of the template, and at what the view hands to it.';
  const code = (error as { code?: unknown } | null)?.code;
  if (code === '42501') return 'A table refused the query. Run it inside Database.unit with a tenant, or add the grant in the table’s migration.';
  if (code === '42P01') return 'A table is missing. Run: npx wizamart migrate';
  if (code === 'TENANT_MISSING') return 'Hand on the context that has the tenant, or open a unit of work first.';
  return 'Read the first line of the stack that lies in your plugin.';
}

function chainOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${chainOf(error.cause)}` : stack;
}
