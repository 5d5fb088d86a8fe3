/** The outer shells of pages: `{name}.hbs`. */
export declare const layouts: URL;
/** Parts that every template may use: `{{> name}}`; `blocks/` draws the kinds of content. */
export declare const partials: URL;
/** Pages of core: the templates `core/{name}`. */
export declare const pages: URL;
/** Style sheets and pictures, served below `/assets/core/`. */
export declare const assets: URL;
/** SVG icons for the helper `icon`. */
export declare const icons: URL;
/** Examples of the component gallery: `{name}.hbs` (the template `core/gallery/{name}`) and its data, `{name}.json`. */
export declare const gallery: URL;
