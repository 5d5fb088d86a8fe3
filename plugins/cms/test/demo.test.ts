import assert from 'node:assert/strict';
import { startTestServer, testHost, type TestAppServer } from '@wizamart/core/testing';
import { cms } from '../src/plugin.js';

describe('pages of the demo stores [module:cms]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({
      hosts: ['oms', 'loyalty'].map((code) => testHost({ code, plugins: [cms] })),
      demo: true,
    });
  });
  after(() => server.stop());

  it('are there for visitors, on the platform they were written for', async () => {
    const seen = async (path: string): Promise<string> =>
      (await server.client().get(`/platforms/${path}`)).expect(200).html;
    assert.match(await seen('oms/stores/acme/'), /Acme/);
    assert.match(await seen('oms/stores/acme/de/opening-hours'), /<article lang="de">/);
    assert.match(await seen('loyalty/stores/weber-esch/about'), /Weber/);
    (await server.client().get('/platforms/loyalty/stores/weber-esch/opening-hours')).expect(404);
  });

  it('are not written twice', async () => {
    const count = async () => (await server.database.everything('select 1 from cms_store_page')).length;
    const before = await count();
    assert.equal(before, 15);
    const wiring = server.modules.kernel.container.wiringOf('cms');
    await cms.demo?.(wiring)(server.context({ platform: 'oms' }));
    assert.equal(await count(), before);
  });
});
