/** Options of an LRU cache that holds up to `max` entries and grows as they come: `max` alone would claim room for all of them at once. */
export const boundedCount = (max: number): { maxSize: number; sizeCalculation: () => number } => ({
  maxSize: max,
  sizeCalculation: () => 1,
});
