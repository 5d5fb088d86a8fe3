import Router from '@koa/router';
import type { Method, RouteDefinition } from '../route.js';
import { PluginError } from '../pluginError.js';

/** A route with the plugin that brought it. */
export interface MountedRoute {
  readonly plugin: string;
  readonly route: RouteDefinition;
}

export interface RouteMatch {
  readonly mounted: MountedRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** The path exists, but not with this method. */
export interface OtherMethods {
  readonly allowed: readonly string[];
}

/** A route at its place; parameters are named per method, since `/pages/:id` and `/pages/:slug` are one shape. */
interface Place {
  readonly mounted: MountedRoute;
  readonly paramNames: readonly string[];
}

/** Method → place. */
type Leaf = Map<string, Place>;

interface Branch {
  readonly statics: Map<string, Branch>;
  param: Branch | undefined;
  leaf: Leaf | undefined;
  rest: Leaf | undefined;
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Finds the route of a path in constant time: an index over the layers of a @koa/router, which parses the
 * paths. Static segments win over parameters, parameters over `*rest`.
 */
export class RouteTable {
  readonly #router = new Router();
  readonly #statics = new Map<string, Leaf>();
  readonly #root: Branch = newBranch();
  readonly #routes: MountedRoute[] = [];

  get routes(): readonly MountedRoute[] {
    return this.#routes;
  }

  /** @throws {PluginError} P501 when another route has the same method and shape of path, P502 for a bad path */
  add(mounted: MountedRoute): void {
    const { route, plugin } = mounted;
    const layer = this.#parse(mounted);
    const segments = route.path.split('/').slice(1);
    checkSegments(mounted, segments);
    const paramNames = layer.paramNames.map((key) => String(key.name));
    const leaf = this.#leafFor(segments, paramNames, route.path);
    const claimed = leaf.get(route.method)?.mounted;
    if (claimed && route.fallback) return;
    if (claimed?.route.fallback) this.#routes.splice(this.#routes.indexOf(claimed), 1);
    else if (claimed) {
      throw new PluginError(
        'P501',
        plugin,
        `${route.surface} ${route.kind} ${route.method} ${route.path} is claimed by '${claimed.plugin}' and by '${plugin}'`,
        'change one of the two paths, or do not turn on both modules',
      );
    }
    leaf.set(route.method, { mounted, paramNames });
    this.#routes.push(mounted);
  }

  find(method: string, path: string): RouteMatch | OtherMethods | undefined {
    const wanted = (method === 'HEAD' ? 'GET' : method) as Method;
    const fixed = this.#statics.get(path);
    if (fixed) {
      const place = fixed.get(wanted);
      if (place) return { mounted: place.mounted, params: NO_PARAMS };
    }
    const values: string[] = [];
    const seen = new Set<string>(fixed?.keys());
    const found = this.#walk(this.#root, path.split('/'), 1, values, wanted, seen);
    if (found) return { mounted: found.mounted, params: named(found.paramNames, values) };
    return seen.size === 0 ? undefined : { allowed: [...withHead(seen)].sort() };
  }

  #parse(mounted: MountedRoute): { paramNames: { name: string | number }[] } {
    try {
      // The router refuses malformed paths; its handlers are never run, the dispatcher calls the route itself.
      this.#router.register(mounted.route.path, [mounted.route.method], () => undefined);
      return this.#router.stack.at(-1) as unknown as { paramNames: { name: string | number }[] };
    } catch (error) {
      throw new PluginError(
        'P502',
        mounted.plugin,
        `the path '${mounted.route.path}' of plugin '${mounted.plugin}' is not valid`,
        error instanceof Error ? error.message : String(error),
        { cause: error },
      );
    }
  }

  #leafFor(segments: readonly string[], paramNames: readonly string[], path: string): Leaf {
    if (paramNames.length === 0) {
      const leaf = this.#statics.get(path) ?? new Map<string, Place>();
      this.#statics.set(path, leaf);
      return leaf;
    }
    let branch = this.#root;
    for (const segment of segments) {
      if (segment.startsWith('*')) return (branch.rest ??= new Map());
      if (segment.startsWith(':')) branch = branch.param ??= newBranch();
      else {
        const next = branch.statics.get(segment) ?? newBranch();
        branch.statics.set(segment, next);
        branch = next;
      }
    }
    return (branch.leaf ??= new Map());
  }

  #walk(
    branch: Branch,
    segments: readonly string[],
    at: number,
    values: string[],
    method: string,
    seen: Set<string>,
  ): Place | undefined {
    if (at === segments.length) return accept(branch.leaf, method, seen);
    const segment = segments[at] as string;
    const next = branch.statics.get(segment);
    const found = next && this.#walk(next, segments, at + 1, values, method, seen);
    if (found) return found;
    if (branch.param && segment !== '') {
      values.push(segment);
      const hit = this.#walk(branch.param, segments, at + 1, values, method, seen);
      if (hit) return hit;
      values.pop();
    }
    const rest = accept(branch.rest, method, seen);
    if (rest) values.push(segments.slice(at).join('/'));
    return rest;
  }
}

function newBranch(): Branch {
  return { statics: new Map(), param: undefined, leaf: undefined, rest: undefined };
}

function accept(leaf: Leaf | undefined, method: string, seen: Set<string>): Place | undefined {
  const place = leaf?.get(method);
  if (!place && leaf) for (const other of leaf.keys()) seen.add(other);
  return place;
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (let i = 0; i < names.length; i++) params[names[i] as string] = decodeURIComponent(values[i] as string);
  return params;
}

function withHead(methods: ReadonlySet<string>): Set<string> {
  return methods.has('GET') ? new Set([...methods, 'HEAD']) : new Set(methods);
}

function checkSegments({ plugin, route }: MountedRoute, segments: readonly string[]): void {
  const bad = segments.find(
    (segment, i) =>
      !/^(?:[\w.~-]*|:[A-Za-z_]\w*|\*[A-Za-z_]\w*)$/.test(segment) ||
      (segment.startsWith('*') && i < segments.length - 1),
  );
  if (bad === undefined) return;
  throw new PluginError(
    'P502',
    plugin,
    `the path '${route.path}' of plugin '${plugin}' is not valid at '${bad}'`,
    "a segment is plain text, ':name' or, as the last one, '*rest'",
  );
}
