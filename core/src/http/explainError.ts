import { readFileSync } from 'node:fs';
import { DomainError } from '../errors/defineError.js';
import { RenderFailed, TemplateNotFound, TemplateOfDisabledModule } from '../render/errors.js';

export interface WhereItFailed {
  readonly platform: string;
  readonly store: string | null;
  readonly plugin: string | null;
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
}

/** View of the page `core/error-development`: where an unexpected error happened, whose it is, and the way out. */
export function explainError(error: unknown, where: WhereItFailed): Readonly<Record<string, unknown>> {
  const data = error instanceof DomainError ? (error.data as Readonly<Record<string, unknown>>) : {};
  const template = typeof data['template'] === 'string' ? data['template'] : null;
  const line = typeof data['line'] === 'number' ? data['line'] : null;
  return {
    ...where,
    template,
    line,
    name: error instanceof Error ? error.name : 'Error',
    message: error instanceof Error ? error.message : String(error),
    fix: fixFor(error),
    excerpt: typeof data['file'] === 'string' && line !== null ? excerptOf(data['file'], line) : null,
    causes: causesOf(error),
    stack: error instanceof Error ? (error.stack ?? '') : '',
  };
}

function fixFor(error: unknown): string {
  if (error instanceof TemplateNotFound)
    return 'Create the file, or correct the name that the route hands to view().';
  if (error instanceof TemplateOfDisabledModule)
    return 'Do not use the template of another module without asking whether it is on.';
  if (error instanceof RenderFailed)
    return 'Look at the named line of the template, and at what the view hands to it.';
  const code = (error as { code?: unknown } | null)?.code;
  if (code === '42501')
    return 'A table refused the query. Run it inside Database.unit with a tenant, or add the grant in the migration of the table.';
  if (code === '42P01') return 'A table is missing. Run: npx wizamart migrate';
  if (code === 'TENANT_MISSING')
    return 'Hand on the context that has the tenant, or open a unit of work first.';
  return 'Read the first line of the stack that lies in your plugin.';
}

const AROUND = 3;

function excerptOf(file: string, line: number): object | null {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    const from = Math.max(0, line - 1 - AROUND);
    return {
      file,
      lines: lines
        .slice(from, line + AROUND)
        .map((text, i) => ({ number: from + i + 1, text, isFailing: from + i + 1 === line })),
    };
  } catch {
    return null;
  }
}

function causesOf(error: unknown): { name: string; message: string }[] {
  const causes: { name: string; message: string }[] = [];
  for (let cause = (error as Error | undefined)?.cause; cause instanceof Error; cause = cause.cause)
    causes.push({ name: cause.name, message: cause.message });
  return causes;
}
