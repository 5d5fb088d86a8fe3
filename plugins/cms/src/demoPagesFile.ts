/** Pages of the demo stores. Beside the sources and the bundle alike, one level below the package. */
export const demoPagesFile = new URL('../demo/pages.json', import.meta.url);
