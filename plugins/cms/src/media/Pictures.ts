import {
  type Database,
  type FieldError,
  InvalidInput,
  type Language,
  type Statement,
  type TenantContext,
} from '@wizamart/core';
import type { Body } from '../blocks/schemas.js';
import { languagePreference } from '../services/resolution.js';
import type { Translations } from '../types.js';
import { mediaRefs } from './mediaRefs.js';
import { pictureView, type PictureView } from './pictureView.js';
import type { AltTexts, Variant } from './types.js';

interface PictureRow {
  readonly id: string;
  readonly title: string;
  readonly alt: AltTexts;
  readonly variants: readonly Variant[];
}

const PLATFORM = `SELECT id, title, alt, variants FROM cms_platform_media WHERE platform_id = $1 AND kind = 'image' AND id = ANY ($2::uuid[])`;
const OF_PLATFORM: Statement = { name: 'cms_platform_pictures', text: PLATFORM };
const OF_STORE: Statement = {
  name: 'cms_store_pictures',
  text: `SELECT id, title, alt, variants FROM cms_store_media WHERE platform_id = $1 AND kind = 'image' AND id = ANY ($2::uuid[]) AND merchant_id = $3 AND store_id = $4 UNION ALL ${PLATFORM}`,
};

const LATEST = 300;
const CHOICES_OF_PLATFORM = `SELECT id AS value, title AS label, variants, created_at FROM cms_platform_media WHERE platform_id = $1 AND kind = 'image'`;
const CHOICES: Statement = {
  name: 'cms_platform_picture_choices',
  text: `${CHOICES_OF_PLATFORM} ORDER BY created_at DESC LIMIT ${LATEST}`,
};
const STORE_CHOICES: Statement = {
  name: 'cms_store_picture_choices',
  text: `SELECT id AS value, title AS label, variants, created_at FROM cms_store_media WHERE platform_id = $1 AND kind = 'image' AND merchant_id = $2 AND store_id = $3 UNION ALL ${CHOICES_OF_PLATFORM} ORDER BY created_at DESC LIMIT ${LATEST}`,
};

/** A picture to choose; `value` is its id. */
export interface PictureOption {
  readonly value: string;
  readonly label: string;
  readonly variants: readonly Variant[];
}

/** One block as a template gets it: with what is to be drawn beside what was written. */
type ShownBlock = Readonly<Record<string, unknown>> & { readonly type: string };

/** The pictures that pages refer to: of the store and its platform, or of the platform alone. */
export class Pictures {
  readonly #database: Database;

  constructor({ database }: { readonly database: Database }) {
    this.#database = database;
  }

  /** A body with its pictures; those that are gone or not ready are left out. One statement, and none without pictures. */
  async show(ctx: TenantContext, body: Body, language: Language): Promise<readonly ShownBlock[]> {
    const ids = mediaRefs(body).map(({ media }) => media);
    if (ids.length === 0) return body;
    const rows = await this.#find(ctx, ids);
    const drawn = (
      picture: {
        readonly media: string;
        readonly alt?: string | undefined;
        readonly decorative?: boolean | undefined;
      },
      shape: Parameters<typeof pictureView>[2],
    ): PictureView | undefined => {
      const row = rows.get(picture.media);
      return row && pictureView(ctx, row, shape, altOf(ctx, row, picture, language));
    };
    const shownOf = (block: Body[number]): ShownBlock[] => {
      if (block.type === 'image') {
        const picture = drawn(block, block.shape ?? 'natural');
        return picture ? [{ ...block, picture }] : [];
      }
      if (block.type === 'columns')
        return [{ ...block, items: block.items.map(({ blocks }) => ({ blocks: blocks.flatMap(shownOf) })) }];
      if (block.type !== 'gallery') return [block];
      const items = block.items.flatMap((item) => {
        const picture = drawn(item, 'square');
        return picture ? [{ ...item, picture }] : [];
      });
      return items.length === 0 ? [] : [{ ...block, items }];
    };
    return body.flatMap(shownOf);
  }

  /**
   * Refuses texts that show what the tenant does not have, or what nobody described. What a page showed before stays
   * possible: a picture that was deleted since does not keep its page from being saved.
   *
   * @throws {InvalidInput} at the fields of `body` for texts in `language`, else of `translations.{language}.body`
   */
  async check(
    ctx: TenantContext,
    texts: Translations,
    before: Translations,
    language: Language,
  ): Promise<void> {
    const known = new Set(
      Object.values(before).flatMap(({ body }) => mediaRefs(body).map(({ media }) => media)),
    );
    const refs = Object.entries(texts).flatMap(([spoken, { body }]) =>
      mediaRefs(body).map((ref) => ({
        ...ref,
        path: `${spoken === language ? '' : `translations.${spoken}.`}body.${ref.path}`,
      })),
    );
    if (refs.length === 0) return;
    const rows = await this.#find(
      ctx,
      refs.map(({ media }) => media),
    );
    const errors = refs.flatMap(({ media, path, isDescribed }): FieldError[] => {
      const row = rows.get(media);
      if (!row)
        return known.has(media)
          ? []
          : [
              {
                path: `${path}.media`,
                message: 'This picture does not exist. Choose one of the media library.',
              },
            ];
      if (isDescribed || Object.keys(row.alt).length > 0) return [];
      return [
        {
          path: `${path}.alt`,
          message: 'Say in words what the picture shows, or that it is only decoration.',
        },
      ];
    });
    if (errors.length > 0) throw new InvalidInput({ errors });
  }

  /** The newest pictures a page of the tenant may show, for the editor. */
  async choices(ctx: TenantContext): Promise<readonly PictureOption[]> {
    const { platform, store } = ctx;
    const rows = store
      ? await this.#database.read<PictureOption & Record<string, unknown>>(ctx, STORE_CHOICES, [
          platform.id,
          store.merchantId,
          store.id,
        ])
      : await this.#database.read<PictureOption & Record<string, unknown>>(ctx, CHOICES, [platform.id]);
    return rows.map(({ value, label, variants }) => ({ value, label, variants }));
  }

  /** Pictures that the tenant's pages may show, of these ids. */
  async byId(ctx: TenantContext, ids: readonly string[]): Promise<readonly PictureOption[]> {
    const rows = await this.#find(ctx, ids);
    return [...rows.values()].map(({ id, title, variants }) => ({ value: id, label: title, variants }));
  }

  async #find(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, PictureRow>> {
    const { platform, store } = ctx;
    const values = [platform.id, [...new Set(ids)]];
    const rows = store
      ? await this.#database.read<PictureRow & Record<string, unknown>>(ctx, OF_STORE, [
          ...values,
          store.merchantId,
          store.id,
        ])
      : await this.#database.read<PictureRow & Record<string, unknown>>(ctx, OF_PLATFORM, values);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** The page's own words, else the library's in the page's language, else in the best other one. */
function altOf(
  ctx: TenantContext,
  row: PictureRow,
  { alt, decorative }: { readonly alt?: string | undefined; readonly decorative?: boolean | undefined },
  language: Language,
): string {
  if (decorative === true) return '';
  if (alt !== undefined) return alt;
  const preference = [language, ...languagePreference(ctx)];
  return (
    preference.map((one) => row.alt[one]).find((words) => words !== undefined) ??
    Object.values(row.alt)[0] ??
    ''
  );
}
