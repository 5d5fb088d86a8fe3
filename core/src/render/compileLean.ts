import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import type { CompiledParts } from './runCompiled.js';

type Code = string | readonly Code[];
interface JavaScriptCompiler {
  nameLookup(parent: Code, name: string, type: string): Code;
}

const lean = Handlebars.create() as unknown as {
  JavaScriptCompiler: new () => JavaScriptCompiler;
  precompile(ast: hbs.AST.Program, options: object): string;
};
const original = lean.JavaScriptCompiler.prototype as JavaScriptCompiler;

/** Handlebars' documented way to other code for a look-up: the one engine optimises best, with the same result. */
const nameLookup = function (this: JavaScriptCompiler, parent: Code, name: string, type: string): Code {
  const key = JSON.stringify(name);
  // Tables of our own: helpers are known when a template is compiled, partials have no prototype.
  if (type === 'helper' || type === 'partial') return [parent, `[${key}]`];
  if ((type !== 'context' && type !== 'data') || name === 'constructor' || name === '__proto__')
    return original.nameLookup.call(this, parent, name, type);
  return [
    '((it = ',
    parent,
    `)[${key}] == null ? it[${key}] : own.call(it, ${key}) ? it[${key}] : undefined)`,
  ];
};

function LeanCompiler(): void {
  // Handlebars calls it with `new`, and for each part again.
}
LeanCompiler.prototype = Object.assign(Object.create(original) as object, {
  nameLookup,
  compiler: LeanCompiler,
});
lean.JavaScriptCompiler = LeanCompiler as unknown as typeof lean.JavaScriptCompiler;

const LOCATION = /\{"start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\}/g;

/** Compiles a parsed template of a package; each place that a helper may be told of is made once, not per call. */
export function compileLean(ast: hbs.AST.Program, options: object, file: string): CompiledParts {
  const places = new Map<string, number>();
  const code = lean.precompile(ast, options).replace(LOCATION, (place) => {
    if (!places.has(place)) places.set(place, places.size);
    return `at[${places.get(place)}]`;
  });
  return runInThisContext(
    `(() => { let it; const own = Object.prototype.hasOwnProperty, at = [${[...places.keys()].join()}]; return ${code}; })()`,
    { filename: `${file}.js` },
  ) as CompiledParts;
}
