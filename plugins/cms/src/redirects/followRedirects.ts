/** How many redirects of different owners are followed; more than a store's and its platform's can make. */
const FARTHEST = 6;

/** What is at an address of a site where there is no page. */
export interface Signposts<Found extends { readonly target: string }> {
  /** The redirect at a path: the store's own before the platform's. */
  at(path: string): Promise<Found | undefined>;
  hasPage(path: string): Promise<boolean>;
}

/**
 * Where an address leads in the end, so that visitors are sent once. A store's redirect may lead to one of the
 * platform's and the other way round, neither of which knows the other: a circle leads nowhere.
 */
export async function followRedirects<Found extends { readonly target: string }>(
  path: string,
  signposts: Signposts<Found>,
): Promise<Found | undefined> {
  const first = await signposts.at(path);
  if (!first) return undefined;
  const seen = new Set([path]);
  let end = first;
  for (let step = 0; step < FARTHEST; step++) {
    if (!end.target.startsWith('/')) break;
    if (seen.has(end.target)) return undefined;
    seen.add(end.target);
    const next = await signposts.at(end.target);
    if (!next || (await signposts.hasPage(end.target))) break;
    // For as short a time as the shortest on the way.
    end = { ...first, target: next.target };
  }
  return end;
}
