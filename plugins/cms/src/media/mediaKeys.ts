import type { Variant } from './types.js';

/** Name of the uploaded file among a tenant's files: it is kept to make sizes from, and never served as it is. */
export const sourceKey = ({ id, sha256 }: { readonly id: string; readonly sha256: string }): string =>
  `cms/media/${id}/source.${sha256.slice(0, 16)}`;

/** Name of a file that visitors get. By its content: a new picture never overwrites what is being read. */
export const variantKey = (id: string, { name, hash, extension }: Variant): string =>
  `cms/media/${id}/${name}.${hash}.${extension}`;

/** Path of a file that visitors get, below the tenant's root. */
export const variantPath = (id: string, { name, hash, extension }: Variant): string =>
  `/media/${id}/${name}.${hash}.${extension}`;
