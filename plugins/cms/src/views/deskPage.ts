import type { RouteContext } from '@wizamart/core';
import type { PageDesk } from '../editor/PageDesk.js';

/** What the pages around one page have in common: its name, and the way back to it and to its list. */
export function deskPage(
  ctx: RouteContext,
  desk: PageDesk,
  page: { readonly id: string; readonly title: string; readonly slug: string },
): Readonly<Record<string, unknown>> {
  const to = (path: string): string => ctx.links.to(desk.surface, desk.base + path);
  const { actor } = ctx;
  const may = (permission: string): boolean =>
    actor.kind === 'system' || (actor.kind === 'user' && actor.permissions.has(permission));
  return {
    pageTitle: page.title,
    slug: page.slug,
    listKey: `cms.${desk.words}.title`,
    listHref: to(''),
    pageHref: to(`/${page.id}`),
    mayEdit: may(desk.permissions.edit),
    mayPublish: may(desk.permissions.publish),
  };
}
