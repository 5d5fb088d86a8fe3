import { defineRoute, type RouteDefinition } from '../../kernel/route.js';
import { adminDetail } from '../views/adminDetail.js';
import { wordsOf } from '../views/words.js';
import type { CoreParts } from './CoreParts.js';

/** How this installation runs, above all platforms: what the environment says, without its secrets. Changed there, not here. */
export const installationRoutes = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/settings',
    surface: 'admin',
    scope: 'global',
    kind: 'page',
    access: 'core.admin.view',
    menu: 'settings',
    handle: (ctx) => {
      const t = wordsOf(parts, ctx);
      const { config, tenants } = parts;
      const yes = (is: boolean): string => t(is ? 'core.installation.yes' : 'core.installation.no');
      return adminDetail({
        head: { title: t('core.installation.title'), text: t('core.installation.text') },
        main: [
          {
            kind: 'facts',
            title: t('core.installation.running'),
            facts: [
              { label: t('core.installation.environment'), text: config.environment },
              { label: t('core.installation.proxy'), text: yes(config.trustProxy) },
              {
                label: t('core.installation.files'),
                text: new URL(config.filesUrl).protocol.replace(':', ''),
              },
              {
                label: t('core.installation.mail'),
                text:
                  config.mail.smtpUrl === undefined
                    ? t('core.installation.mailKept')
                    : new URL(config.mail.smtpUrl).host,
              },
              { label: t('core.installation.sender'), text: config.mail.from },
              {
                label: t('core.installation.pages'),
                text: `${Math.round(config.pageCacheBytes / 1024 / 1024)} MB`,
              },
              {
                label: t('core.installation.tls'),
                text: t(
                  config.tlsCheckToken === undefined
                    ? 'core.installation.tlsLocal'
                    : 'core.installation.tlsToken',
                ),
              },
            ],
          },
        ],
        aside: [
          {
            kind: 'links',
            title: t('core.installation.platforms'),
            text: t('core.installation.platformsText'),
            links: tenants.platforms().map(({ name, code, domain }) => ({
              label: name,
              text: domain ?? code,
              href: `${ctx.links.to('admin', '/platforms/')}${code}/settings`,
              symbol: 'settings',
            })),
          },
        ],
      });
    },
  }),
];
