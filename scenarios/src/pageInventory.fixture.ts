import type { TestAppServer, TestClient } from '@wizamart/core/testing';
import { HOSTS, PASSWORD } from './world.fixture.js';

/** Somebody who walks through part of the addresses, and what lies there. */
export interface Area {
  readonly name: string;
  readonly surface: 'admin' | 'store' | 'platform' | 'storefront';
  readonly root: string;
  /** Nobody is signed in where there is none. */
  readonly person: { readonly email: string; readonly login: string; readonly cookie: string } | null;
  /** Which of a surface's routes belong here. */
  readonly takes: (route: PageRoute) => boolean;
}

export interface PageRoute {
  readonly surface: string;
  readonly path: string;
  readonly scope: string;
  readonly isPublic: boolean;
}

export interface InventoryPage {
  readonly area: Area;
  readonly pattern: string;
  readonly address: string;
  /** Whoever has the address may see it. */
  readonly isPublic: boolean;
}

export interface Inventory {
  readonly pages: readonly InventoryPage[];
  /** Routes that answered with no page: `surface path` and what came instead. */
  readonly otherwise: ReadonlyMap<string, string>;
  readonly clients: ReadonlyMap<Area, TestClient>;
}

const BOSS = { email: 'admin@wizamart.example', login: '/admin/login', cookie: 'wz_admin' };
const OWNER = { email: 'owner@acme.example', login: '/platforms/oms/store/acme/login', cookie: 'wz_store' };

/** Where each surface is walked: on oms, which has every module on that any host has. */
export const AREAS: readonly Area[] = [
  {
    name: 'the administration above all platforms',
    surface: 'admin',
    root: '/admin',
    person: BOSS,
    takes: ({ isPublic, scope }) => !isPublic && scope !== 'platform',
  },
  {
    name: 'the administration of oms',
    surface: 'admin',
    root: '/admin/platforms/oms',
    person: BOSS,
    takes: ({ path, isPublic, scope }) =>
      scope !== 'global' && (!isPublic || path.startsWith('/branding/preview')),
  },
  {
    name: 'the dashboard of acme',
    surface: 'store',
    root: '/platforms/oms/store/acme',
    person: OWNER,
    takes: ({ isPublic, path }) => !isPublic || path.startsWith('/theme/preview') || path === '/',
  },
  {
    name: 'the doors of the administration',
    surface: 'admin',
    root: '/admin/platforms/oms',
    person: null,
    takes: ({ isPublic, path }) => isPublic && !path.startsWith('/branding/preview'),
  },
  {
    name: 'the doors of the dashboards',
    surface: 'store',
    root: '/platforms/oms/store/acme',
    person: null,
    takes: ({ isPublic, path }) => isPublic && !path.startsWith('/theme/preview') && path !== '/',
  },
  {
    name: 'the site of oms',
    surface: 'platform',
    root: '/platforms/oms',
    person: null,
    takes: () => true,
  },
  {
    name: 'the storefront of acme',
    surface: 'storefront',
    root: '/platforms/oms/stores/acme',
    person: null,
    takes: () => true,
  },
];

/** Every page route of every host that is shipped. */
export function pageRoutes(server: TestAppServer): PageRoute[] {
  const routes = new Map<string, PageRoute>();
  for (const { code } of HOSTS)
    for (const { route } of server.parts.states.snapshotOf(server.platform(code).id).routes())
      if (route.method === 'GET' && route.kind === 'page')
        routes.set(`${route.surface} ${route.scope} ${route.path}`, {
          surface: route.surface,
          path: route.path,
          scope: route.scope,
          isPublic: route.access === 'public',
        });
  return [...routes.values()];
}

/** Addresses of an area's routes, below its root; `found` are those that are known already. */
export type Given = (area: Area, found: ReadonlyMap<string, string>) => Readonly<Record<string, string>>;

/**
 * Finds an address for each route: paths without parameters as they are, all others among the links of the pages that
 * were reached, so that what no page leads to is missed.
 *
 * @param given addresses of an area's routes that links do not show: links of mails, questions before a change
 */
export async function walkLinks(server: TestAppServer, given: Given): Promise<Inventory> {
  const routes = pageRoutes(server);
  const pages: InventoryPage[] = [];
  const otherwise = new Map<string, string>();
  const clients = new Map<Area, TestClient>();
  for (const area of AREAS) {
    const client = server.client();
    if (area.person)
      await client.signIn({
        surface: 'admin',
        path: area.person.login,
        email: area.person.email,
        password: PASSWORD,
      });
    clients.set(area, client);
    const walk = new AreaWalk(
      area,
      routes.filter((route) => route.surface === area.surface && area.takes(route)),
      client,
    );
    await walk.run((found) => given(area, found));
    pages.push(...walk.pages);
    for (const [pattern, what] of walk.otherwise) otherwise.set(`${area.surface} ${pattern}`, what);
  }
  const reached = new Set(pages.map(({ area, pattern }) => `${area.surface} ${pattern}`));
  for (const key of otherwise.keys()) if (reached.has(key)) otherwise.delete(key);
  return { pages, otherwise, clients };
}

/** One area, from link to link. */
class AreaWalk {
  readonly pages: InventoryPage[] = [];
  readonly otherwise = new Map<string, string>();
  readonly #found = new Map<string, string>();
  readonly #paths: readonly string[];
  readonly #patterns: readonly { readonly path: string; readonly form: RegExp }[];

  constructor(
    private readonly area: Area,
    private readonly routes: readonly PageRoute[],
    private readonly client: TestClient,
  ) {
    this.#paths = routes.map(({ path }) => path);
    // Fixed words go before parameters, as they do when a request comes.
    this.#patterns = [...this.#paths]
      .sort((one, other) => parameters(one) - parameters(other))
      .map((path) => ({ path, form: formOf(path) }));
  }

  async run(given: (found: ReadonlyMap<string, string>) => Readonly<Record<string, string>>): Promise<void> {
    for (const path of this.#paths.filter((one) => parameters(one) === 0))
      if (!this.#isReached(path)) await this.#visit(path, given(this.#found)[path] ?? path);
    for (let again = true; again;) {
      again = false;
      for (const [path, address] of Object.entries(given(this.#found)))
        if (this.#paths.includes(path) && !this.#isReached(path))
          again = (await this.#visit(path, address)) || again;
    }
    for (const path of this.#paths)
      if (!this.#isReached(path) && !this.otherwise.has(path))
        this.otherwise.set(path, 'nothing leads there');
  }

  #isReached(path: string): boolean {
    return this.pages.some(({ pattern }) => pattern === path);
  }

  /** Whether there was a page that had not been seen. */
  async #visit(pattern: string, path: string): Promise<boolean> {
    const address = this.area.root + path;
    const answer = await this.client.get(address);
    const isPage = answer.status === 200 && String(answer.headers['content-type']).startsWith('text/html');
    if (!isPage) {
      this.otherwise.set(pattern, `${answer.status} ${String(answer.headers['content-type'] ?? '')}`.trim());
      return false;
    }
    this.otherwise.delete(pattern);
    const isPublic = this.routes.some(({ path: one, isPublic: open }) => one === pattern && open);
    this.pages.push({ area: this.area, pattern, address, isPublic });
    this.#found.set(pattern, path);
    for (const link of linksOf(answer.html, address)) {
      if (!link.startsWith(`${this.area.root}/`)) continue;
      const below = link.slice(this.area.root.length);
      const to = this.#patterns.find(({ form }) => form.test(below.replace(/[?#].*/, '')));
      if (to && !this.#isReached(to.path)) await this.#visit(to.path, below.replace(/#.*/, ''));
    }
    return true;
  }
}

const parameters = (path: string): number => path.match(/[:*]/g)?.length ?? 0;

const formOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\w+/g, '.+')
      .replace(/:\w+/g, '[^/]+')}$`,
  );

function linksOf(html: string, at: string): Set<string> {
  const links = new Set<string>();
  for (const [, raw = ''] of html.matchAll(/ (?:href|src|formaction|action)="([^"]*)"/g)) {
    const url = new URL(raw.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), `http://localhost${at}`);
    if (url.hostname === 'localhost') links.add(url.pathname + url.search);
  }
  return links;
}
