import type sharp from 'sharp';

/** Most pixels a picture may unpack to, all pictures of an animation together: 200 MB of memory. */
export const MAX_PIXELS = 50_000_000;

let loaded: Promise<typeof sharp> | undefined;

/** The image library, read when the first picture comes: it is large, and most processes only serve. */
export function loadSharp(): Promise<typeof sharp> {
  return (loaded ??= import('sharp').then(({ default: library }) => {
    // Pictures are seen once: a cache of them only takes memory, and one core must be left for requests.
    library.cache(false);
    library.concurrency(1);
    return library;
  }));
}
