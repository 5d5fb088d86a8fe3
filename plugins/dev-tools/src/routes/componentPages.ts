import {
  defineRoute,
  type GalleryExample,
  NotFound,
  readGallery,
  type RouteDefinition,
  view,
  z,
} from '@wizamart/core';
import { MAY_LOOK } from '../permissions.js';
import { toolTabs } from '../views/tools.js';

const ROOT = '/dev-tools/components';

/** The shared partials: an index by group, and each drawn with data, with the source to copy. */
export const componentPages = (): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: ROOT,
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    menu: 'components',
    input: z.object({ q: z.string().trim().max(100).default('') }),
    handle: (ctx, { q }) => {
      const here = ctx.links.to('admin', ROOT);
      const found = readGallery(ctx.language).filter((example) => matches(example, q));
      return view('dev-tools/components', {
        tabs: toolTabs(ctx, 'components'),
        q,
        searchAction: here,
        groups: [...new Set(found.map(({ group }) => group))].map((group) => ({
          group,
          examples: found
            .filter((example) => example.group === group)
            .map(({ name, title, description }) => ({ title, description, href: `${here}/${name}` })),
        })),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${ROOT}/:name`,
    surface: 'admin',
    kind: 'page',
    access: MAY_LOOK,
    menu: 'components',
    input: z.object({ name: z.string().max(100) }),
    handle: (ctx, { name }) => {
      const all = readGallery(ctx.language);
      const at = all.findIndex((example) => example.name === name);
      const example = all[at];
      if (!example) throw new NotFound({ what: 'This component' });
      const list = ctx.links.to('admin', ROOT);
      const neighbour = (other: GalleryExample | undefined) =>
        other ? { title: other.title, href: `${list}/${other.name}` } : null;
      return view('dev-tools/component', {
        tabs: toolTabs(ctx, 'components'),
        listHref: list,
        example,
        dataText: JSON.stringify(example.data, null, 2),
        previous: neighbour(all[at - 1]),
        next: neighbour(all[at + 1]),
      });
    },
  }),
];

const matches = ({ title, description, source }: GalleryExample, q: string): boolean =>
  `${title} ${description} ${source}`.toLowerCase().includes(q.toLowerCase());
