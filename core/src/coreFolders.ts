/** Folder of core's own texts; the same from `src/` and from `dist/`. */
export const coreLocales = new URL('../locales/', import.meta.url);
