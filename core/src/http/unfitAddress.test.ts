import assert from 'node:assert/strict';
import { z } from 'zod';
import { definePlugin } from '../kernel/plugin.js';
import { defineRoute, view } from '../kernel/route.js';
import { startTestServer, type TestAppServer } from '../testing/index.js';

const ID = '01935a3e-7c00-7000-8000-000000000001';

describe('addresses that are unfit [module:core] [surface:platform]', () => {
  let server: TestAppServer;
  const shown: unknown[] = [];
  const forms = definePlugin({
    code: 'forms',
    name: 'Forms',
    description: 'Has a form about something that the address names.',
    routes: () => [
      defineRoute({
        method: 'POST',
        path: '/things/:id/rename',
        surface: 'platform',
        kind: 'page',
        access: 'public',
        input: z.object({ id: z.uuid(), name: z.string().min(1) }),
        handle: () => view('core/platform-home', { name: 'x', links: [] }),
        invalid: (_ctx, values) => {
          shown.push(values['id']);
          return view('core/platform-home', { name: 'x', links: [] }, { status: 422 });
        },
      }),
    ],
  });
  before(async () => {
    server = await startTestServer({ plugins: [forms] });
  });
  after(() => server.stop());

  const post = (id: string, json: object) =>
    server.client({ root: '/platforms/test' }).post(`/things/${id}/rename`, { json });

  it('do not exist, whatever else is wrong: no form is drawn again for them', async () => {
    for (const json of [{}, { name: '' }, { name: 'good' }, { name: 7 }]) (await post('x', json)).expect(404);
    assert.deepEqual(shown, []);
  });

  it('are told from forms that are, which are drawn again', async () => {
    (await post(ID, { name: '' })).expect(422);
    assert.deepEqual(shown, [ID]);
  });
});
