import fc from 'fast-check';
import { followRedirects } from './followRedirects.js';
import { addRedirect, pageMoved, type RedirectEdges } from './redirectGraph.js';

/** Redirects of one owner, in memory. */
export function memoryEdges(map: Map<string, string>): RedirectEdges<null> {
  return {
    targetOf: async (source) => map.get(source),
    put: async (source, target) => void map.set(source, target),
    remove: async (source) => void map.delete(source),
    retarget: async (target, instead) => {
      for (const [source, end] of map) if (end === target) map.set(source, instead);
    },
  };
}

const path = fc.integer({ min: 0, max: 7 }).map((number) => `/p${number}`);

/** What people do to addresses, in any order. */
export const operation = fc.oneof(
  fc.record({
    do: fc.constant('redirect' as const),
    from: path,
    to: fc.oneof(path, fc.constant('https://x.lu/')),
  }),
  fc.record({ do: fc.constant('move' as const), from: path, to: path }),
  fc.record({ do: fc.constant('publish' as const), from: path, to: path }),
  fc.record({ do: fc.constant('delete' as const), from: path, to: path }),
);
export type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** Carries out what makes sense at a site with these pages. */
export async function carryOut(
  edges: RedirectEdges<null>,
  pages: Set<string>,
  { do: what, from, to }: Operation,
) {
  if (what === 'redirect' && from !== to && !pages.has(from)) await addRedirect(edges, from, to, null);
  if (what === 'move' && pages.has(from) && !pages.has(to)) {
    pages.delete(from);
    pages.add(to);
    await pageMoved(edges, from, to, null);
  }
  if (what === 'publish') {
    pages.add(from);
    await edges.remove(from);
  }
  if (what === 'delete') pages.delete(from);
}

/** Every order of operations leaves a graph in which no target is a source, so that there is neither chain nor circle. */
export const flatWhateverHappens = fc.asyncProperty(
  fc.array(operation, { maxLength: 60 }),
  async (operations) => {
    const map = new Map<string, string>();
    const pages = new Set<string>();
    for (const one of operations) {
      await carryOut(memoryEdges(map), pages, one);
      for (const [source, target] of map)
        if (source === target || map.has(target))
          throw new Error(`${source} → ${target} → ${map.get(target)}`);
    }
  },
);

/** A store and its platform do as they like: a visitor is sent once, to where there is no other redirect, or nowhere. */
export const sentOnceWhateverHappens = fc.asyncProperty(
  fc.array(operation, { maxLength: 40 }),
  fc.array(operation, { maxLength: 40 }),
  async (byStore, byPlatform) => {
    const [store, platform] = [new Map<string, string>(), new Map<string, string>()];
    const pages = new Set<string>();
    for (const one of byStore) await carryOut(memoryEdges(store), pages, one);
    for (const one of byPlatform) await carryOut(memoryEdges(platform), pages, one);
    const at = async (source: string) => {
      const target = store.get(source) ?? platform.get(source);
      return target === undefined ? undefined : { target };
    };
    for (let number = 0; number <= 7; number++) {
      const source = `/p${number}`;
      if (pages.has(source)) continue;
      const found = await followRedirects(source, { at, hasPage: async (path) => pages.has(path) });
      if (!found) continue;
      if (found.target === source) throw new Error(`${source} leads to itself`);
      if (!pages.has(found.target) && (await at(found.target)))
        throw new Error(`${source} → ${found.target} leads on`);
    }
  },
);
