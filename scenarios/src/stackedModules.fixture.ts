import { defineRoute, definePlugin, defineService, raw, secret, z, type AnyPlugin } from '@wizamart/core';
import { testHost } from '@wizamart/core/testing';

const Base = defineService<object>()('base.main', { major: 1 });
const Middle = defineService<object>()('middle.main', { major: 1 });

const part = (code: string, label: string) => ({
  code,
  version: '1.4.0',
  permissions: { [`${code}.things.view`]: { audience: 'store', label: `${code}.view`, roles: ['manager'] } },
  features: [
    { code: `${code}_basic`, name: `${code} basics` },
    { code: `${code}_more`, name: `More ${code}` },
  ],
  menu: [
    {
      code: `${code}-list`,
      surface: 'store',
      label,
      path: `/${code}`,
      section: 'commerce',
      order: 100,
      icon: 'box',
      permission: `${code}.things.view`,
    },
  ],
  routes: () => [
    defineRoute({
      method: 'GET',
      path: `/${code}`,
      surface: 'platform',
      kind: 'page',
      access: 'public',
      handle: () => raw(`the page of ${code}`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } }),
    }),
  ],
});

/** Three small modules that stand on each other, and one beside them: top needs middle, middle needs base. */
export const stackedModules = [
  definePlugin({
    ...part('base', 'core.menu.commerce'),
    name: 'Base',
    description: 'What the others stand on.',
    group: 'commerce',
    icon: 'stack',
    provides: { main: Base },
    services: { main: () => ({}) },
  } as never),
  definePlugin({
    ...part('middle', 'core.menu.growth'),
    name: 'Middle',
    description: 'Stands on the base and carries the top.',
    group: 'commerce',
    icon: 'stack-2',
    requires: { base: Base },
    provides: { main: Middle },
    services: { main: () => ({}) },
  } as never),
  definePlugin({
    ...part('top', 'core.menu.business'),
    name: 'Top',
    description: 'Stands on the middle.',
    group: 'growth',
    icon: 'rocket',
    requires: { middle: Middle },
  } as never),
  definePlugin({
    ...part('aside', 'core.menu.information'),
    name: 'Aside',
    description: 'Stands on nothing, and has something to set.',
    group: 'operations',
    icon: 'plug',
    settings: z.object({
      sender: z.string().max(80).default('').meta({ title: 'Sender' }),
      everyMinutes: z
        .number()
        .int()
        .min(5)
        .max(120)
        .default(15)
        .meta({ title: 'How often', unit: 'minutes' }),
      isLoud: z.boolean().default(false).meta({ title: 'Tell everybody' }),
      tone: z.enum(['plain', 'warm']).default('plain').meta({ title: 'Tone' }),
      addresses: z.array(z.email()).max(5).default([]).meta({ title: 'Addresses' }),
      token: secret().default('').meta({ title: 'Token', required: true }),
    }),
  } as never),
] as unknown as readonly AnyPlugin[];

/** A product of them, all on. */
export const stackedHost = testHost({ code: 'stack', name: 'Stack', plugins: stackedModules });
