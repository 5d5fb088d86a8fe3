import { differ } from '../../services/applyChanges.js';
import { diffLibrary } from './diffLibrary.js';

/** An entry of two lists: in one of them, or in both. Places count from 1. */
export interface Aligned<Item> {
  readonly before: { readonly item: Item; readonly place: number } | null;
  readonly after: { readonly item: Item; readonly place: number } | null;
}

/**
 * Lays two lists side by side: what is equal meets; of the rest, what `isLike` its counterpart counts as changed,
 * in order; everything else came or went.
 */
export function align<Item>(
  before: readonly Item[],
  after: readonly Item[],
  isLike: (a: Item, b: Item) => boolean,
): Aligned<Item>[] {
  const changes = diffLibrary().diffArrays([...before], [...after], { comparator: (a, b) => !differ(a, b) });
  const aligned: Aligned<Item>[] = [];
  let gone: Placed<Item>[] = [];
  let come: Placed<Item>[] = [];
  let [left, right] = [1, 1];
  const flush = (): void => {
    aligned.push(...paired(gone, come, isLike));
    gone = [];
    come = [];
  };
  for (const { value, added, removed } of changes) {
    if (removed) gone.push(...value.map((item) => ({ item, place: left++ })));
    else if (added) come.push(...value.map((item) => ({ item, place: right++ })));
    else {
      flush();
      // Equal, but for the order of keys: both stand for themselves.
      for (let index = 0; index < value.length; index++) {
        aligned.push({
          before: { item: before[left - 1] as Item, place: left++ },
          after: { item: after[right - 1] as Item, place: right++ },
        });
      }
    }
  }
  flush();
  return aligned;
}

interface Placed<Item> {
  readonly item: Item;
  readonly place: number;
}

function paired<Item>(
  gone: readonly Placed<Item>[],
  come: readonly Placed<Item>[],
  isLike: (a: Item, b: Item) => boolean,
): Aligned<Item>[] {
  const result: Aligned<Item>[] = [];
  let next = 0;
  for (const before of gone) {
    const match = come.findIndex(({ item }, index) => index >= next && isLike(before.item, item));
    if (match < 0) {
      result.push({ before, after: null });
      continue;
    }
    for (; next < match; next++) result.push({ before: null, after: come[next] as Placed<Item> });
    result.push({ before, after: come[next++] as Placed<Item> });
  }
  for (; next < come.length; next++) result.push({ before: null, after: come[next] as Placed<Item> });
  return result;
}
