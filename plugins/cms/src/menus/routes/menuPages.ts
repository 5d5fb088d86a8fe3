import {
  defineRoute,
  DomainError,
  parseInput,
  type RouteContext,
  type RouteDefinition,
  sayError,
  sayFields,
  type View,
  view,
  z,
} from '@wizamart/core';
import { CMS } from '../../permissions.js';
import { menuContent, menuPlace } from '../menuInput.js';
import {
  changeItems,
  changesItems,
  decodeItems,
  focusAfter,
  itemsOf,
  looseItems,
  menuFormInput,
} from '../menuForm.js';
import { menuEditorView, menusPath, menusView } from '../menuView.js';
import type { SiteMenus } from '../SiteMenus.js';
import { told } from '../../views/told.js';
import type { MenuPlace } from '../types.js';

const place = z.object({ place: menuPlace });
/** Longer menus do not go into a cookie. */
const UNDO_LENGTH = 1_500;
const itemsInput = z.object({ items: z.string().max(2 * UNDO_LENGTH) });

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
        isUnsaved: false,
        focus: null,
        ...state,
      }),
      { status },
    );
  };
  /** The way back to the menu as it is now. */
  const undoOf = async (ctx: RouteContext, at: MenuPlace): Promise<Parameters<typeof told>[3]> => {
    const before = (await menus.all(ctx)).find((menu) => menu.place === at);
    const items = before?.isAutomatic === false ? JSON.stringify(before.items) : '';
    return items.length > UNDO_LENGTH ? {} : { undo: { action: to(ctx, `/${at}/undo`), fields: { items } } };
  };
  return [
    defineRoute({
      ...page,
      method: 'GET',
      path: menusPath,
      access: see,
      summary: 'Menus of the site',
      handle: async (ctx) =>
        view(
          'cms/site-menus',
          menusView(ctx, surface, await menus.all(ctx), await menus.choices(ctx), mayEdit(ctx)),
        ),
    }),
    defineRoute({
      ...page,
      method: 'GET',
      path: `${menusPath}/:place`,
      access: edit,
      summary: 'Form of a menu',
      input: place,
      handle: (ctx, { place }) => show(ctx, place, {}),
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
        if (changesItems(button))
          return show(ctx, place, { items, isUnsaved: true, focus: focusAfter(items, button) });
        try {
          const undo = await undoOf(ctx, place);
          await menus.replace(ctx, place, parseInput(menuContent, { items: itemsOf(items) }).items);
          return told(ctx, to(ctx), 'cms.menus.saved', undo);
        } catch (error) {
          if (!(error instanceof DomainError) || error.status !== 422) throw error;
          return show(
            ctx,
            place,
            { items, errors: sayFields(error), problem: sayError(error), isUnsaved: true },
            422,
          );
        }
      },
    }),
    defineRoute({
      ...page,
      method: 'POST',
      path: `${menusPath}/:place/undo`,
      access: edit,
      summary: 'Put a menu back as it was',
      input: itemsInput.extend(place.shape),
      handle: async (ctx, { place, items }) => {
        if (items === '') await menus.reset(ctx, place);
        else await menus.replace(ctx, place, parseInput(menuContent, { items: parsed(items) }).items);
        return told(ctx, to(ctx), 'cms.menus.undone');
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
        const undo = await undoOf(ctx, place);
        await menus.reset(ctx, place);
        return told(ctx, to(ctx), 'cms.menus.wasReset', undo);
      },
    }),
  ];
}

/** Nothing that would pass for a menu, where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
