import type { World } from '../state/World.js';
import type { Params } from './formBody.js';

/** What a route's handler gets; `id` and `sub` are the ids in its path. */
export interface Call {
  readonly world: World;
  readonly params: Params;
  readonly id: string;
  readonly sub: string;
  /** The address that was called, without its query. */
  readonly url: string;
}

export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:id` and `:sub` stand for ids. */
  readonly path: string;
  /** Parameters it knows; others are refused. */
  readonly params: readonly string[];
  /** May be called by a page, with the publishable key and a client secret. */
  readonly isPublic?: boolean;
  /** Changes nothing: what it made is thrown away. */
  readonly isDry?: boolean;
  readonly handle: (call: Call) => object;
}

interface Compiled {
  readonly route: ApiRoute;
  readonly pattern: RegExp;
}

/** Finds the route of an address. */
export class ApiRoutes {
  readonly #routes: readonly Compiled[];

  constructor(routes: readonly ApiRoute[]) {
    this.#routes = routes.map((route) => ({
      route,
      pattern: new RegExp(
        `^${route.path.replace(':id', '(?<id>[\\w-]+)').replace(':sub', '(?<sub>[\\w-]+)')}$`,
      ),
    }));
  }

  find(method: string, path: string): { route: ApiRoute; id: string; sub: string } | undefined {
    for (const { route, pattern } of this.#routes) {
      if (route.method !== method) continue;
      const groups = pattern.exec(path)?.groups;
      if (groups !== undefined || route.path === path)
        return { route, id: groups?.['id'] ?? '', sub: groups?.['sub'] ?? '' };
    }
    return undefined;
  }
}
