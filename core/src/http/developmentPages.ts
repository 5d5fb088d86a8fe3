import type { Context } from 'koa';
import { NotFound } from '../errors/common.js';
import type { PlainResolution } from '../tenancy/address/resolution.js';
import { mailPreview } from '../mail/mailPreview.js';
import type { CaughtMail } from '../mail/CaughtMail.js';

/** What only a developer sees: the mails that would have been sent. */
export function developmentPages({ caughtMail }: { readonly caughtMail: CaughtMail }) {
  return async (koa: Context, _resolution: Extract<PlainResolution, { type: 'dev' }>): Promise<void> => {
    if (koa.method !== 'GET' && koa.method !== 'HEAD') throw new NotFound({});
    if (koa.path === '/__dev/') {
      koa.status = 302;
      koa.set('Location', '/__dev/mail');
      koa.body = '';
      return;
    }
    const answer = await mailPreview(caughtMail, koa.path);
    if (!answer) throw new NotFound({});
    koa.status = answer.status;
    koa.set(answer.headers as Record<string, string>);
    koa.body = answer.body;
  };
}
