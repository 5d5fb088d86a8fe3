import { definePlugin, defineRoute, z } from '@wizamart/core';

/** Plugins `p0`, `p1`, …, each with that many routes of the public API: `/p0/r0/:id`, `/p0/r1/:id`, … */
export function syntheticPlugins(count: number, routesEach: number) {
  return Array.from({ length: count }, (_, plugin) =>
    definePlugin({
      code: `p${plugin}`,
      name: `Plugin ${plugin}`,
      description: 'Has nothing but routes.',
      routes: () =>
        Array.from({ length: routesEach }, (_unused, route) => pingRoute(`/p${plugin}/r${route}/:id`)),
    }),
  );
}

/** What a handler without any work answers. */
export const ping = ({ id }: { readonly id: string }): { readonly id: string; readonly isWell: boolean } => ({
  id,
  isWell: true,
});

export const pingInput = z.object({ id: z.string().max(50) });

const pingRoute = (path: string) =>
  defineRoute({
    method: 'GET',
    path,
    surface: 'platform',
    kind: 'api',
    access: 'public',
    summary: 'Answers',
    input: pingInput,
    handle: (_ctx, input) => ping(input),
  });
