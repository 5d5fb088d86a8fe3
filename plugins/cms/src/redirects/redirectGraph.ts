/** What leads where, for one owner. The graph is flat: no target is a source, so that nobody is led on twice or in a circle. */
export interface RedirectEdges<Details> {
  targetOf(source: string): Promise<string | undefined>;
  /** Sets where a source leads; replaces what it led to before. */
  put(source: string, target: string, details: Details): Promise<void>;
  remove(source: string): Promise<void>;
  /** Lets everything that leads to `target` lead to `instead`. */
  retarget(target: string, instead: string): Promise<void>;
}

/**
 * Adds a redirect and keeps the graph flat.
 *
 * @returns where it leads in the end; undefined when it would lead back to itself, and then nothing has changed
 */
export async function addRedirect<Details>(
  edges: RedirectEdges<Details>,
  source: string,
  target: string,
  details: Details,
): Promise<string | undefined> {
  // One look is enough: what a source leads to is never a source.
  const end = (await edges.targetOf(target)) ?? target;
  if (end === source) return undefined;
  await edges.retarget(source, end);
  await edges.put(source, end, details);
  return end;
}

/** A page has moved: its old address leads to the new one, which is a page and leads nowhere. */
export async function pageMoved<Details>(
  edges: RedirectEdges<Details>,
  from: string,
  to: string,
  details: Details,
): Promise<void> {
  await edges.remove(to);
  await edges.retarget(from, to);
  await edges.put(from, to, details);
}
