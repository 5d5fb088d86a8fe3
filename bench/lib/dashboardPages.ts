import type { TestAppServer, TestClient } from './testing.js';

/** A page of a dashboard at an address where it has something to show. */
export interface DashboardPage {
  readonly pattern: string;
  readonly address: string;
  readonly client: TestClient;
}

interface Area {
  readonly surface: 'admin' | 'store';
  readonly scope: 'platform' | 'global';
  readonly root: string;
  readonly login: string;
  readonly email: string;
}

const ADMIN = { surface: 'admin', login: '/admin/login', email: 'admin@wizamart.example' } as const;
const DESK = '/platforms/oms/store/acme';
const AREAS: readonly Area[] = [
  { ...ADMIN, scope: 'global', root: '/admin' },
  { ...ADMIN, scope: 'platform', root: '/admin/platforms/oms' },
  { surface: 'store', scope: 'platform', root: DESK, login: `${DESK}/login`, email: 'owner@acme.example' },
];
const DEMO_PASSWORD = 'wizamart-demo';

/**
 * Every page of the administration and of a store’s dashboard for people who are signed in: the routes of the
 * snapshots, at the first address of each that the pages before lead to.
 *
 * @returns also the routes that nothing leads to, or that answer with no page
 */
export async function dashboardPages(
  server: TestAppServer,
): Promise<{ readonly pages: readonly DashboardPage[]; readonly missed: readonly string[] }> {
  const pages: DashboardPage[] = [];
  const missed: string[] = [];
  for (const area of AREAS) {
    const client = server.client();
    await client.signIn({ surface: 'admin', path: area.login, email: area.email, password: DEMO_PASSWORD });
    const walk = new Walk(area, pathsOf(server, area), client);
    await walk.run();
    pages.push(...[...walk.found].map(([path, address]) => ({ pattern: area.root + path, address, client })));
    missed.push(...walk.missed.map((path) => area.root + path));
  }
  return { pages, missed };
}

function pathsOf(server: TestAppServer, { surface, scope }: Area): string[] {
  const { states } = server.parts;
  const snapshot = scope === 'global' ? states.coreSnapshot : states.snapshotOf(server.platform('oms').id);
  return [...snapshot.routes()]
    .map(({ route }) => route)
    .filter(
      (route) =>
        route.surface === surface &&
        route.method === 'GET' &&
        route.kind === 'page' &&
        route.access !== 'public' &&
        (surface === 'store' || route.scope === 'both' || route.scope === scope),
    )
    .map(({ path }) => path);
}

/** From link to link below one root. */
class Walk {
  /** Path of a route → address at which it answered with a page. */
  readonly found = new Map<string, string>();
  readonly #patterns: readonly { readonly path: string; readonly form: RegExp }[];

  constructor(
    private readonly area: Area,
    private readonly paths: readonly string[],
    private readonly client: TestClient,
  ) {
    // Fixed words go before parameters, as they do when a request comes.
    this.#patterns = [...paths]
      .sort((one, other) => parameters(one) - parameters(other))
      .map((path) => ({ path, form: formOf(path) }));
  }

  get missed(): string[] {
    return this.paths.filter((path) => !this.found.has(path));
  }

  async run(): Promise<void> {
    for (const path of this.paths) if (parameters(path) === 0) await this.#visit(path, this.area.root + path);
  }

  async #visit(pattern: string, address: string): Promise<void> {
    if (this.found.has(pattern)) return;
    const answer = await this.client.get(address);
    if (answer.status !== 200 || !String(answer.headers['content-type']).startsWith('text/html')) return;
    this.found.set(pattern, address);
    for (const link of linksOf(answer.html, address)) {
      if (!link.startsWith(`${this.area.root}/`)) continue;
      const below = link.slice(this.area.root.length).replace(/[?#].*/, '');
      const to = this.#patterns.find(({ form }) => form.test(below));
      if (to) await this.#visit(to.path, link.replace(/#.*/, ''));
    }
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
  for (const [, raw = ''] of html.matchAll(/ (?:href|action|formaction)="([^"]*)"/g)) {
    const url = new URL(raw.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='), `http://localhost${at}`);
    if (url.hostname === 'localhost') links.add(url.pathname + url.search);
  }
  return links;
}
