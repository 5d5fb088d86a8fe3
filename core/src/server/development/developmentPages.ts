import type { Context } from 'koa';
import { NotFound } from '../../errors/common.js';
import type { Renderer } from '../../render/Renderer.js';
import type { ServerParts } from '../makeParts.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { PlainResolution } from '../../tenancy/address/resolution.js';
import { plainFrame } from '../../http/plainFrame.js';
import { sendHtml } from '../../http/respond.js';
import { MAIL_POLICY, mailListView, mailView } from './mailViews.js';
import { startView } from './startView.js';

type Parts = Pick<ServerParts, 'caughtMail' | 'translator' | 'states' | 'tenants' | 'config' | 'database'>;

/** What only a developer sees, below `/__dev`: everything that runs here, and the mails that would have been sent. */
export function developmentPages(parts: Parts, renderer: Renderer) {
  const show = (koa: Context, template: string, data: Readonly<Record<string, unknown>>): void => {
    const frame = plainFrame({
      words: parts.translator.words('en'),
      language: 'en',
      snapshot: parts.states.coreSnapshot,
      siteName: GLOBAL_PLATFORM.name,
    });
    sendHtml(koa, renderer.render(template, { frame, data }), { status: 200, cacheControl: 'no-store' });
  };
  return async (koa: Context, { path }: Extract<PlainResolution, { type: 'dev' }>): Promise<void> => {
    if (koa.method !== 'GET' && koa.method !== 'HEAD') throw new NotFound({});
    const [area = '', id, part, ...more] = path.split('/').slice(1);
    if (area === '' && id === undefined) return show(koa, 'core/start', await startView(parts));
    if (area !== 'mail' || more.length > 0) throw new NotFound({});
    if (id === undefined) return show(koa, 'core/mail-list', mailListView(await parts.caughtMail.list()));
    const mail = await parts.caughtMail.get(id);
    if (!mail || (part !== undefined && part !== 'html')) throw new NotFound({ what: 'This mail' });
    if (part === undefined) return show(koa, 'core/mail-message', mailView(mail));
    koa.set('Content-Security-Policy', MAIL_POLICY);
    sendHtml(koa, mail.html ?? '', { status: 200, cacheControl: 'no-store' });
  };
}
