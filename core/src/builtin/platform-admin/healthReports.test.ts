import assert from 'node:assert/strict';
import { definePlugin } from '../../kernel/plugin.js';
import { startTestServer } from '../../testing/startTestServer.js';
import { testHost } from '../../testing/testHost.js';

const stockroom = definePlugin({
  code: 'stockroom',
  name: 'Stockroom',
  description: 'Says how full it is.',
  healthReport: () => (ctx) =>
    Promise.resolve({
      data: { platform: ctx.platform.code, full: 0.5 },
      lines: [{ text: 'Half full', path: '/shelves' }],
    }),
});
const mute = definePlugin({
  code: 'mute',
  name: 'Mute',
  description: 'Has nothing to say.',
  healthReport: () => () => Promise.reject(new Error('lost for words')),
  healthChecks: () => [
    { name: 'voice', check: () => Promise.reject(new Error('ENOVOICE')) },
    { name: 'ear', check: () => Promise.resolve('Enter a number.') },
  ],
});

describe('The health report of a platform [module:core]', () => {
  it('has what its modules say, also when one of them fails, and on the page in sentences of its language', async () => {
    const server = await startTestServer({
      hosts: [testHost({ code: 'oms', plugins: [stockroom, mute] })],
    });
    try {
      const admin = await server.user({ superAdmin: true });
      const client = await server.signIn(admin, { surface: 'admin', root: '' });
      const { reports } = (await client.get('/api/v1/admin/platforms/oms/health'))
        .expect(200)
        .json<{ reports: Record<string, unknown> }>();
      assert.deepEqual(reports, { stockroom: { platform: 'oms', full: 0.5 }, mute: null });
      const { html } = (await client.get('/admin/platforms/oms/health')).expect(200);
      assert.match(html, /<a href="\/admin\/platforms\/oms\/shelves">Half full<\/a>/);
      assert.match(html, /This module could not say how it is\./);
      assert.match(html, /The check broke off\.<br><span class="code muted" lang="en">ENOVOICE/);
      const french = (
        await client.get('/admin/platforms/oms/health', { headers: { cookie: 'wz_language=fr' } })
      ).html;
      assert.match(french, /Le contrôle s’est interrompu\.<br>/);
      assert.match(french, /Saisissez un nombre\./);
      const above = (await client.get('/admin/health')).expect(200).html;
      assert.doesNotMatch(above, /Half full/);
    } finally {
      await server.stop();
    }
  });
});
