/** Folder of this package: sources of this level and bundles both lie one folder below it. */
export const packageRoot = new URL('..', import.meta.url);
