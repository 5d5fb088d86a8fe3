import {
  parseInput,
  defineRoute,
  DomainError,
  redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { menuContent, menuPlace } from '../menuInput.js';
import { changeItems, changesItems, decodeItems, itemsOf, looseItems, menuFormInput } from '../menuForm.js';
import { menuEditorView, menusPath, menusView } from '../menuView.js';
import type { SiteMenus } from '../SiteMenus.js';
import type { MenuPlace } from '../types.js';

const place = z.object({ place: menuPlace });
const doneInput = z.object({ done: z.enum(['saved', 'reset']).optional().catch(undefined) });

/** The pages on which menus are arranged; without any script. */
export function menuPages(menus: SiteMenus, surface: 'admin' | 'store'): RouteDefinition[] {
  const { view: see, edit } = surface === 'store' ? CMS.storeMenus : CMS.menus;
  const page = { surface, kind: 'page', menu: 'site-menus' } as const;
  const to = (ctx: RouteContext, path = ''): string => ctx.links.to(surface, menusPath + path);
  const mayEdit = ({ actor }: RouteContext): boolean => actor.kind === 'user' && actor.permissions.has(edit);
  const show = async (
    ctx: RouteContext,
    at: MenuPlace,
    state: Partial<Parameters<typeof menuEditorView>[2]>,
    status = 200,
  ): Promise<View> => {
    const menu = (await menus.all(ctx)).find((candidate) => candidate.place === at);
    const known = {
      place: at,
      items: looseItems(menu?.items ?? []),
      pages: await menus.choices(ctx),
      isAutomatic: menu?.isAutomatic ?? true,
    };
    return view(
      'cms/site-menu',
      menuEditorView(ctx, surface, {
        ...known,
        errors: [],
        problem: undefined,
        done: undefined,
        isUnsaved: false,
        ...state,
      }),
      { status },
    );
  };
  return [
    defineRoute({
      ...page,
      method: 'GET',
      path: menusPath,
      access: see,
      summary: 'Menus of the site',
      input: doneInput,
      handle: async (ctx, { done }) =>
        view(
          'cms/site-menus',
          menusView(ctx, surface, await menus.all(ctx), await menus.choices(ctx), mayEdit(ctx), done),
        ),
    }),
    defineRoute({
      ...page,
      method: 'GET',
      path: `${menusPath}/:place`,
      access: edit,
      summary: 'Form of a menu',
      input: place.extend(doneInput.shape),
      handle: (ctx, { place, done }) => show(ctx, place, { done }),
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: `${menusPath}/:place`,
      access: edit,
      summary: 'Save a menu',
      input: menuFormInput.extend(place.shape),
      handle: async (ctx, { place, items: submitted, do: button }) => {
        const items = changeItems(decodeItems(submitted), button);
        if (changesItems(button)) return show(ctx, place, { items, isUnsaved: true });
        try {
          await menus.replace(ctx, place, parseInput(menuContent, { items: itemsOf(items) }).items);
          return redirect(`${to(ctx)}?done=saved`);
        } catch (error) {
          if (!(error instanceof DomainError) || error.status !== 422) throw error;
          return show(
            ctx,
            place,
            { items, errors: error.errors ?? [], problem: error.message, isUnsaved: true },
            422,
          );
        }
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: `${menusPath}/:place/reset`,
      access: edit,
      summary: 'Let a menu list its pages again',
      input: place,
      handle: async (ctx, { place }) => {
        await menus.reset(ctx, place);
        return redirect(`${to(ctx)}?done=reset`);
      },
    }),
  ];
}
