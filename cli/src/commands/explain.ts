import { defineCommand } from 'citty';
import type { RunningServer } from '@wizamart/core/server';
import { explainFeature } from '../explain/explainFeature.js';
import { explainPermission } from '../explain/explainPermission.js';
import { explainRoute } from '../explain/explainRoute.js';
import { explainSetting } from '../explain/explainSetting.js';
import { explainTemplate } from '../explain/explainTemplate.js';
import type { Explanation } from '../explain/Explanation.js';
import { withServer } from '../installation/withServer.js';
import { bold } from '../output/paint.js';
import { print, printJson } from '../output/print.js';

type Explain = (server: RunningServer, name: string) => Promise<readonly Explanation[]>;

const about = (what: string, description: string, hint: string, explain: Explain) =>
  defineCommand({
    meta: { name: what, description },
    args: {
      name: { type: 'positional', required: true, description: hint },
      json: { type: 'boolean', description: 'Answer as JSON.' },
    },
    run: ({ args }) =>
      withServer(async (server) => {
        // A route's method and path are two words.
        const found = await explain(server, args._.join(' '));
        if (args.json) return printJson(found);
        for (const explanation of found) print(...lines(explanation), '');
      }),
  });

export const explain = defineCommand({
  meta: {
    name: 'explain',
    description: 'Says who declares a thing, where, on which platforms it is on, and who holds it.',
  },
  subCommands: {
    route: about(
      'route',
      'Explains the routes of a path.',
      '/pages, "GET /pages/:id", or /pages/17',
      explainRoute,
    ),
    template: about(
      'template',
      'Explains a template.',
      'plugin/name, for example cms/article',
      explainTemplate,
    ),
    permission: about(
      'permission',
      'Explains a permission.',
      'for example cms.pages.edit',
      explainPermission,
    ),
    setting: about('setting', 'Explains a module’s setting.', 'module.field', explainSetting),
    feature: about('feature', 'Explains a feature of tiers.', 'for example cms_seo', explainFeature),
  },
});

function lines({ what, name, facts }: Explanation): string[] {
  const width = Math.max(...Object.keys(facts).map((key) => key.length));
  return [
    bold(`${what} ${name}`),
    ...Object.entries(facts).flatMap(([key, value]) => {
      const all = Array.isArray(value) ? value : [value];
      return (all.length === 0 ? ['–'] : all).map(
        (one, i) => `  ${(i === 0 ? key : '').padEnd(width)}  ${one ?? '–'}`,
      );
    }),
  ];
}
