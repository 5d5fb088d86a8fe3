/** Fonts that are embedded in documents: Noto Sans, which has every letter of the EU's languages. */
export const fontsFolder = new URL('../fonts/', import.meta.url);
