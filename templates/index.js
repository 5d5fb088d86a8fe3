// Folders of this package; what is in them is described in README.md.

/** The outer shells of pages: `{name}.hbs`. */
export const layouts = new URL('./layouts/', import.meta.url);
/** Parts that every template may use: `{{> name}}`; `blocks/` draws the kinds of content. */
export const partials = new URL('./partials/', import.meta.url);
/** Pages of core: the templates `core/{name}`. */
export const pages = new URL('./pages/core/', import.meta.url);
/** Style sheets and pictures, served below `/assets/core/`. */
export const assets = new URL('./assets/', import.meta.url);
/** SVG icons for the helper `icon`. */
export const icons = new URL('./icons/', import.meta.url);
/** Examples of the component gallery: `{name}.hbs` (the template `core/gallery/{name}`) and its data, `{name}.json`. */
export const gallery = new URL('./pages/core/gallery/', import.meta.url);
