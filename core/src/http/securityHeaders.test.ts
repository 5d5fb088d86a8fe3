import assert from 'node:assert/strict';
import { definePlugin } from '../kernel/plugin.js';
import { defineRoute, raw, view } from '../kernel/route.js';
import { startTestServer, type TestAppServer } from '../testing/index.js';
import { z } from 'zod';
import { contentSecurityPolicy } from './securityHeaders.js';

describe('securityHeaders [module:core] [surface:platform]', () => {
  it('opens only what a page names, and keeps the rest shut', () => {
    const open = contentSecurityPolicy({
      script: ['https://js.stripe.com'],
      frame: ['http://127.0.0.1:12111'],
    });
    assert.match(open, /script-src 'self' https:\/\/js\.stripe\.com;/);
    assert.match(open, /frame-src 'self' http:\/\/127\.0\.0\.1:12111;/);
    assert.match(open, /default-src 'none';.*style-src 'self';.*connect-src 'self';/);
    assert.equal(contentSecurityPolicy({}), contentSecurityPolicy());
  });

  it('refuses anything but origins', () => {
    for (const bad of [
      '*',
      "'unsafe-inline'",
      'https:',
      'http://example.org',
      'https://a.b/path',
      "https://a.b; script-src 'unsafe-eval'",
      'data:',
    ])
      assert.throws(() => contentSecurityPolicy({ script: [bad] }), TypeError, bad);
    assert.doesNotThrow(() => contentSecurityPolicy({ script: ['https://*.stripe.com'] }));
  });

  describe('on pages', () => {
    const pages = definePlugin({
      code: 'sources',
      name: 'Sources',
      description: 'Loads a script from elsewhere.',
      routes: () => [
        defineRoute({
          method: 'GET', path: '/open', surface: 'platform', kind: 'page', access: 'public',
          handle: () => view('core/platform-home', { name: 'x', links: [] }, { sources: { script: ['https://js.stripe.com'] } }),
        }),
        defineRoute({
          method: 'POST', path: '/sources/echo', surface: 'webhook', kind: 'api', access: 'public',
          input: z.object({ body: z.instanceof(Buffer), headers: z.record(z.string(), z.unknown()) }),
          handle: (_ctx, { body, headers }) => raw({ bytes: body.length, signature: headers['x-signature'] }),
        }),
      ],
    }); // prettier-ignore
    let server: TestAppServer;
    before(async () => {
      server = await startTestServer({ plugins: [pages] });
    });
    after(() => server.stop());

    it('says so on the page that names a source, and on no other', async () => {
      const client = server.client({ root: '/platforms/test' });
      const policyOf = async (path: string): Promise<string> =>
        String((await client.get(path)).headers['content-security-policy']);
      assert.match(await policyOf('/open'), /script-src 'self' https:\/\/js\.stripe\.com;/);
      assert.equal(await policyOf('/nowhere'), contentSecurityPolicy());
    });

    it('hands a webhook its bytes and its headers', async () => {
      const client = server.client({ root: '/platforms/test/webhooks' });
      const answer = await client.request('POST', '/sources/echo', {
        body: '{ }',
        headers: { 'X-Signature': 'abc' },
      });
      assert.deepEqual(answer.expect(200).json(), { bytes: 3, signature: 'abc' });
    });
  });
});
