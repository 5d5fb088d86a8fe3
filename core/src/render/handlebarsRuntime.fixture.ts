import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { compileTemplate } from './compileTemplate.js';
import { TemplateInvalid } from './errors.js';
import type { Helper } from './helpers/helper.js';
import { prepareAst, type OwnerOf } from './prepareAst.js';
import type { Compiled } from './runCompiled.js';
import type { TemplateFile } from './TemplateFiles.js';

/** Texts of templates by name, and what they may call. */
export interface TemplateWorld {
  readonly helpers: Readonly<Record<string, Helper>>;
  readonly ownerOf: OwnerOf;
  readonly templates: ReadonlyMap<string, TemplateFile & { readonly source: string }>;
}

/** Runs one template of a world: what it draws, or what it says is wrong. */
export type Draw = (name: string, context: unknown, data: object) => string;

const STOCK = ['each', 'if', 'unless', 'with'] as const;
const OPTIONS = { strict: true, knownHelpersOnly: true, explicitPartialContext: true, preventIndent: true };

/** As pages are drawn. */
export const drawnByUs = ({ helpers, ownerOf, templates }: TemplateWorld): Draw =>
  drawing(templates, helpers, (template) =>
    compileTemplate(template, template.source, { knownHelpers: knownOf(helpers), ownerOf }),
  );

/** By Handlebars’ own compiler of look-ups, its own runtime, and its own `each`, `if`, `unless` and `with`. */
export function drawnByHandlebars({ helpers, ownerOf, templates }: TemplateWorld): Draw {
  const stock = Handlebars.helpers as unknown as Record<string, Helper>;
  const own = { ...helpers, ...Object.fromEntries(STOCK.map((name) => [name, stock[name] as Helper])) };
  return drawing(templates, own, (template) => {
    const ast = Handlebars.parse(template.source);
    prepareAst(ast, template, ownerOf);
    const knownHelpers = { ...knownOf(helpers), log: false, lookup: false };
    const code = Handlebars.precompile(ast, { ...OPTIONS, knownHelpers }) as string;
    return Handlebars.template(runInThisContext(`(${code})`) as TemplateSpecification) as Compiled;
  });
}

/** The same refusals, without a line in the log for each. */
const SILENT = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

const knownOf = (helpers: object): Record<string, boolean> =>
  Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

function drawing(
  templates: TemplateWorld['templates'],
  helpers: object,
  compile: (template: TemplateFile & { readonly source: string }) => Compiled,
): Draw {
  const partials = Object.create(null) as Record<string, Compiled>;
  for (const [name, template] of templates) {
    let compiled: Compiled | undefined;
    // What is given nothing sees nothing, as the table of templates has it.
    partials[name] = (context, options) => (compiled ??= compile(template))(context ?? {}, options);
  }
  return (name, context, data) => {
    const template = partials[name];
    if (!template) throw new TypeError(`no template '${name}'`);
    return template(context, { helpers, partials, data, ...SILENT });
  };
}

/** What came of it, to compare: the text, or the words of the error. */
export function outcome(draw: () => string): string {
  try {
    return `drawn: ${draw()}`;
  } catch (error) {
    // Ours names template and line around it.
    const { message } = error instanceof TemplateInvalid ? (error.cause as Error) : (error as Error);
    return `refused: ${message.replace(/ - \d+:\d+$/, '')}`;
  }
}
