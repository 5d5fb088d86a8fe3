import Handlebars from 'handlebars';
import { checkCompiles, invalid } from './compileTemplate.js';
import { prepareAst } from './prepareAst.js';
import { TemplateCheck, type Referable } from './TemplateCheck.js';
import type { TemplateFile, TemplateFiles } from './TemplateFiles.js';
import { untranslatedTexts } from './untranslatedTexts.js';

/**
 * What is wrong with the templates of a plugin, found without rendering them; with `core` also the layouts and
 * shared partials. An empty list means well.
 */
export function templateProblems(
  plugin: string,
  files: TemplateFiles,
  {
    knownHelpers,
    referable,
  }: { readonly knownHelpers: Readonly<Record<string, boolean>>; readonly referable: Referable },
): string[] {
  const own = files.ofPlugin(plugin);
  return (plugin === 'core' ? [...own, ...files.shared()] : own).flatMap((file) =>
    problemsOf(file, files, knownHelpers, referable),
  );
}

function problemsOf(
  file: TemplateFile,
  files: TemplateFiles,
  knownHelpers: Readonly<Record<string, boolean>>,
  referable: Referable,
): string[] {
  const check = new TemplateCheck(referable);
  try {
    const source = files.read(file);
    const ast = Handlebars.parse(source);
    for (const { line, text } of untranslatedTexts(source))
      check.problems.push({ line, reason: `'${text}' is written in one language only; use {{t}}` });
    check.accept(ast);
    prepareAst(ast, file, files.ownerOf);
    checkCompiles(ast, knownHelpers);
  } catch (error) {
    return [invalid(file, error as Error).message];
  }
  return check.problems.map(
    ({ line, reason }) => `The template '${file.name}' (${file.file}:${line}): ${reason}`,
  );
}
