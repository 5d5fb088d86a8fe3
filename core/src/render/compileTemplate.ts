import Handlebars from 'handlebars';
import { TemplateInvalid } from './errors.js';
import { compileLean } from './compileLean.js';
import { prepareAst, type OwnerOf } from './prepareAst.js';
import { runCompiled, type Compiled } from './runCompiled.js';
import type { TemplateFile } from './TemplateFiles.js';

/**
 * Compiles the text of a package's template.
 *
 * Strict: a field that is not there is an error, a helper that does not exist too. Partials see only what they
 * are given. Never call it with a text that a tenant wrote.
 *
 * @throws {TemplateInvalid} with the line
 */
export function compileTemplate(
  template: TemplateFile,
  source: string,
  {
    knownHelpers,
    ownerOf,
  }: { readonly knownHelpers: Readonly<Record<string, boolean>>; readonly ownerOf: OwnerOf },
): Compiled {
  try {
    const ast = Handlebars.parse(source);
    prepareAst(ast, template, ownerOf);
    return runCompiled(compileLean(ast, optionsFor(knownHelpers), template.file));
  } catch (error) {
    throw invalid(template, error as Error);
  }
}

/** Compiles without keeping the result: Handlebars finds unknown helpers only then. */
export function checkCompiles(ast: hbs.AST.Program, knownHelpers: Readonly<Record<string, boolean>>): void {
  Handlebars.precompile(ast, optionsFor(knownHelpers));
}

function optionsFor(knownHelpers: Readonly<Record<string, boolean>>): CompileOptions {
  return {
    strict: true,
    knownHelpers: { ...knownHelpers, log: false, lookup: false },
    knownHelpersOnly: true,
    explicitPartialContext: true,
    preventIndent: true,
  };
}

/** The error as one that names template and line. */
export function invalid({ name, file }: TemplateFile, error: Error): Error {
  if (error instanceof TemplateInvalid) return error;
  const line = (error as { lineNumber?: number }).lineNumber ?? lineIn(error.message);
  const failure = new TemplateInvalid({
    template: name,
    file,
    line,
    reason: error.message.replace(/ - \d+:\d+$/, ''),
  });
  failure.cause = error;
  return failure;
}

function lineIn(message: string): number | null {
  const match = /on line (\d+)/.exec(message);
  return match ? Number(match[1]) : null;
}
