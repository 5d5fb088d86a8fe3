import type { Body } from '../blocks/schemas.js';

/** A place of a body that shows a medium. */
export interface MediaRef {
  readonly media: string;
  /** Path within the body, as of its errors: `3`, or `3.items.0` in a gallery. */
  readonly path: string;
  /** The page says what it shows, or that it only pleases the eye. */
  readonly isDescribed: boolean;
}

/** Every medium that a body shows, in order. */
export function mediaRefs(body: Body): MediaRef[] {
  return body.flatMap((block, index): MediaRef[] => {
    if (block.type === 'image') return [refOf(block, String(index))];
    if (block.type === 'columns')
      return block.items.flatMap(({ blocks }, at) =>
        mediaRefs(blocks).map((ref) => ({ ...ref, path: `${index}.items.${at}.blocks.${ref.path}` })),
      );
    return block.type === 'gallery' ? block.items.map((item, at) => refOf(item, `${index}.items.${at}`)) : [];
  });
}

const refOf = (
  picture: {
    readonly media: string;
    readonly alt?: string | undefined;
    readonly decorative?: boolean | undefined;
  },
  path: string,
): MediaRef => ({
  media: picture.media,
  path,
  isDescribed: picture.decorative === true || picture.alt !== undefined,
});
