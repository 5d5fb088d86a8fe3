import { z } from 'zod';
import { InvalidInput, NotFound } from '../../../errors/common.js';
import type { FieldError } from '../../../errors/defineError.js';
import { sayFields } from '../../../errors/saying.js';
import { flash } from '../../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { BrandPictures, MAX_PICTURE_BYTES } from './BrandPictures.js';
import { pictureChoices } from '../../../kernel/pictureChoices.js';
import { editorView } from './editorView.js';
import { wordsOf } from '../../views/words.js';
import { themeErrors } from './themeErrors.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';

const kindInput = z.object({ kind: z.enum(['logo', 'favicon', 'banner']) });

/** Logo, icon and banner: brought, chosen from a library, or taken away. They become part of the draft. */
export function themePictureRoutes(parts: CoreParts, desk: ThemeDesk): RouteDefinition[] {
  const { themes, files, hooks } = parts;
  const pictures = new BrandPictures(files);
  const path = `${desk.base}/pictures/:kind`;
  const common = {
    surface: desk.surface,
    kind: 'page',
    menu: desk.menu,
    method: 'POST',
    access: desk.permissions.edit,
  } as const;
  const refused = (ctx: RouteContext, errors: readonly FieldError[]): Promise<View> =>
    editorView(
      parts,
      desk,
      ctx,
      { problem: themeErrors(errors, wordsOf(parts, ctx))[0]?.message ?? null },
      422,
    );
  return [
    defineRoute({
      ...common,
      path,
      upload: { maxBytes: MAX_PICTURE_BYTES, maxFiles: 1 },
      input: kindInput,
      handle: async (ctx, { kind }) => {
        let address: string;
        try {
          address = await pictures.keep(ctx, ctx.uploads[0]);
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
          return refused(ctx, sayFields(error));
        }
        await themes.setPicture(ctx, kind, address);
        return back(ctx, desk, 'picture');
      },
      invalid: (ctx, _values, errors) => refused(ctx, errors),
    }),
    defineRoute({
      ...common,
      path: `${path}/choose`,
      input: kindInput.extend({ picture: z.string().max(500) }),
      handle: async (ctx, { kind, picture }) => {
        const known = await hooks.run(ctx, pictureChoices, []);
        if (!known.some(({ address }) => address === picture))
          return refused(ctx, [{ path: 'picture', message: 'Choose one of the pictures.' }]);
        await themes.setPicture(ctx, kind, picture);
        return back(ctx, desk, 'picture');
      },
    }),
    defineRoute({
      ...common,
      path: `${path}/remove`,
      input: kindInput,
      handle: async (ctx, { kind }) => {
        await themes.setPicture(ctx, kind, null);
        return back(ctx, desk, 'pictureRemoved');
      },
    }),
  ];
}

const back = (ctx: RouteContext, desk: ThemeDesk, done: string): Redirect =>
  redirect(deskHref(ctx, desk), 303, flash(ctx, { kind: 'success', key: `core.theme.done.${done}` }));

/** `/branding/{file}` on the public pages of platforms and stores. */
export function brandPictureRoutes({ files }: CoreParts): RouteDefinition[] {
  const pictures = new BrandPictures(files);
  return (['platform', 'storefront'] as const).map((surface) =>
    defineRoute({
      method: 'GET',
      path: '/branding/:file',
      surface,
      kind: 'page',
      access: 'public',
      input: z.object({ file: z.string().max(80) }),
      handle: (ctx, { file }) => {
        if (surface === 'storefront' && !ctx.store) throw new NotFound({});
        return pictures.serve(ctx, file);
      },
    }),
  );
}
