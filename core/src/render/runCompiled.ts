import Handlebars from 'handlebars';

/** A compiled template; called with the tables of helpers and partials, and the data of the rendering. */
export type Compiled = (context: unknown, options: object) => string;

/** Part of a template as Handlebars compiles it. */
type Part = (
  container: object,
  context: unknown,
  helpers: unknown,
  partials: unknown,
  data: unknown,
  blockParams: unknown,
  depths: unknown,
) => string;

/** What Handlebars' compiler makes of a template: its main part, and the numbered parts inside blocks. */
export interface CompiledParts {
  readonly main: Part;
  readonly useDepths?: boolean;
  readonly useBlockParams?: boolean;
  readonly [part: number]: Part;
}

type Data = Readonly<Record<string, unknown>>;
type Block = (context: unknown, options?: BlockOptions) => string;
interface BlockOptions {
  readonly data?: Data;
  readonly blockParams?: readonly unknown[];
}
interface Tables {
  readonly helpers: unknown;
  readonly partials: Readonly<Record<string, Compiled | undefined>>;
}
interface PartialCall extends Tables {
  readonly name?: string;
  readonly hash?: object;
  readonly data: Data;
  readonly fn?: Block;
}

const BLOCK = 'partial-block';
const nullContext = Object.seal({});
const noop = (): string => '';
const { hasOwn } = Object;

/**
 * Runs a compiled template. As Handlebars' own runtime does for templates like ours (helpers known, no decorators,
 * partials compiled), without what it does for all others at each call: a list page runs thousands of parts.
 */
export function runCompiled(parts: CompiledParts): Compiled {
  let tables: Tables;
  const container = {
    nullContext,
    noop,
    escapeExpression: Handlebars.escapeExpression,
    lambda: (value: unknown): unknown => value,
    lookupProperty,
    strict,
    data,
    invokePartial,
    program(
      index: number,
      outer: Data,
      _declared: number,
      blockParams: readonly unknown[] | undefined,
      depths: readonly unknown[] | undefined,
    ): Block {
      const { helpers, partials } = tables;
      const part = parts[index] as Part;
      return (context, options) =>
        part(
          container,
          context,
          helpers,
          partials,
          options?.data ?? outer,
          blockParams && [options?.blockParams, ...blockParams],
          depths && deeper(context, depths),
        );
    },
  };
  return (context, options) => {
    const call = options as Tables & { readonly data: Data; readonly depths?: readonly unknown[] };
    tables = call;
    const depths = parts.useDepths ? deeper(context, call.depths ?? []) : undefined;
    const { helpers, partials } = call;
    return String(
      parts.main(
        container,
        context,
        helpers,
        partials,
        call.data,
        parts.useBlockParams ? [] : undefined,
        depths,
      ),
    );
  };
}

const deeper = (context: unknown, depths: readonly unknown[]): readonly unknown[] =>
  depths.length > 0 && (context === depths[0] || (context === nullContext && depths[0] === null))
    ? depths
    : [context, ...depths];

/** What only a prototype has (getters, methods) is no field of a view. */
function lookupProperty(object: Record<string, unknown>, name: string): unknown {
  const value = object[name];
  if (value === null || value === undefined) return value;
  return name !== 'constructor' && hasOwn(object, name) ? value : undefined;
}

function strict(object: Record<string, unknown>, name: string, loc: hbs.AST.SourceLocation): unknown {
  if (!object || !(name in object))
    throw new Handlebars.Exception(`"${name}" not defined in ${String(object)}`, { loc } as hbs.AST.Node);
  return lookupProperty(object, name);
}

function data(value: Data | undefined, depth: number): unknown {
  let found = value;
  for (let up = depth; found && up > 0; up--) found = found['_parent'] as Data | undefined;
  return found;
}

/** @param partial what was found by the name; or of a dynamic partial, its name */
function invokePartial(partial: Compiled | string | undefined, context: unknown, call: PartialCall): string {
  const given: unknown = call.hash ? { ...(context as object), ...call.hash } : context;
  const outer = call.data[BLOCK] as Compiled | undefined;
  const name = call.name ?? (partial as string);
  const inside = call.fn && call.fn !== noop ? withBlock(call.data, call.fn, outer) : call.data;
  const found =
    name === '@partial-block'
      ? outer
      : typeof partial === 'function'
        ? partial
        : (call.partials[name] ?? (inside[BLOCK] as Compiled | undefined));
  if (!found || (found === outer && name !== '@partial-block'))
    throw new Handlebars.Exception(`The partial ${name} could not be found`);
  return found(given, { helpers: call.helpers, partials: call.partials, data: inside });
}

/** The block of a partial call, as the partial sees it; inside the block the one around it counts again. */
function withBlock(around: Data, fn: Block, outer: Compiled | undefined): Data {
  const block: Compiled = (context, options) => {
    const frame = Handlebars.createFrame((options as { data: Data }).data) as Record<string, unknown>;
    frame[BLOCK] = outer;
    return fn(context, { data: frame });
  };
  const frame = Handlebars.createFrame(around) as Record<string, unknown>;
  frame[BLOCK] = block;
  return frame;
}
