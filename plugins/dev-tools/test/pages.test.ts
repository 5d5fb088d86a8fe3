import assert from 'node:assert/strict';
import { definePlugin, defineService, readGallery } from '@wizamart/core';
import { startTestServer, type TestAppServer, type TestClient, testHost } from '@wizamart/core/testing';
import { devTools } from '../src/index.js';

const Base = defineService<object>()('base.thing', { major: 1 });
const base = definePlugin({
  code: 'base',
  name: 'Base',
  description: 'What others stand on.',
  provides: { thing: Base },
  services: { thing: () => ({}) },
});
const middle = definePlugin({
  code: 'middle',
  name: 'Middle',
  description: 'Stands on base.',
  requires: { thing: Base },
});
const spare = definePlugin({ code: 'spare', name: 'Spare', description: 'Off at first.' });

/** As Handlebars writes text. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;')
    .replaceAll('=', '&#x3D;')
    .replaceAll('`', '&#x60;');

describe('pages of dev-tools [module:dev-tools] [surface:admin]', () => {
  let server: TestAppServer;
  let admin: TestClient;
  const root = '/admin/platforms/test';
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({ plugins: [devTools, base, middle, spare], on: ['dev-tools', 'base', 'middle'] }),
        testHost({ code: 'plain' }),
      ],
    });
    admin = await server.signIn(await server.user({ superAdmin: true }), { surface: 'admin' });
  });
  after(() => server.stop());

  const page = async (path: string): Promise<string> => {
    const answer = await admin.get(`${root}/dev-tools${path}`);
    return answer.expect(200).html;
  };
  const apply = async (change: { enable?: string[]; disable?: string[] }): Promise<void> => {
    const ctx = server.context({ platform: 'test' });
    const { revision } = server.parts.modules.list(ctx);
    await server.parts.modules.apply(ctx, { enable: [], disable: [], ...change, revision });
  };

  it('draw every component of the gallery with its source', async () => {
    assert.match(await page('/components'), /dev-tools\/components\/data-table/);
    for (const { name, source } of readGallery('en'))
      assert.ok(
        (await page(`/components/${name}`)).includes(escaped(source.trim().split('\n')[0] ?? '')),
        name,
      );
    assert.match(await page('/components?q=no-such-part'), /no-such-part/);
    assert.equal((await admin.get(`${root}/dev-tools/components/nothing`)).status, 404);
  });

  it('show every icon with what a template writes, and find them by name', async () => {
    const all = await page('/icons');
    assert.match(all, /\{\{icon &#x27;alert-circle&#x27;\}\}/);
    assert.match(all, /<svg class="icon"[^>]*>(?:(?!<\/svg>)[\s\S])*<\/svg><strong>alert-circle<\/strong>/);
    const found = await page('/icons?q=chevron+left');
    assert.match(found, /chevron-left/);
    assert.doesNotMatch(found, /alert-circle&#x27;/);
    assert.match(await page('/icons?q=no-such-icon'), /no-such-icon/);
  });

  it('draw the modules and say why each is on or off', async () => {
    const graph = await page('/graph');
    assert.match(graph, /<svg[^>]+viewBox/);
    assert.match(graph, /Belongs to the core and is always on\./);
    assert.match(graph, /The host starts without it; nobody changed that\./);
  });

  it('say that an administrator turned a module on or off', async () => {
    await apply({ enable: ['spare'], disable: ['base', 'middle'] });
    assert.match(await page('/graph/spare'), /An administrator turned it on\./);
    assert.match(await page('/graph/base'), /An administrator turned it off\./);
    await apply({ enable: ['base', 'middle'], disable: ['spare'] });
  });

  it('tell what a module asks for and hands out', async () => {
    const middle = await page('/graph/middle');
    assert.match(middle, /base\.thing/);
    assert.match(await page('/graph/core'), /core\.database/);
    assert.equal((await admin.get(`${root}/dev-tools/graph/nothing`)).status, 404);
  });

  it('list the routes that are on, by surface, module and words', async () => {
    assert.match(await page('/routes?q=dev-tools%2Ficons'), /GET \/dev-tools\/icons/);
    assert.doesNotMatch(await page('/routes?surface=store&q=dev-tools'), /GET \/dev-tools\/icons/);
    assert.match(await page('/routes?plugin=core&perPage=100'), /\/settings/);
  });

  it('show events, jobs and templates', async () => {
    await page('/events');
    assert.match(await page('/jobs'), /core\./);
    assert.match(await page('/templates?q=data-table'), /dev-tools\/templates\/data-table/);
    const template = await page('/templates/data-table');
    assert.match(template, /What it wants to be given/);
    assert.match(template, /data-cell/);
    assert.equal((await admin.get(`${root}/dev-tools/templates/no-such/template`)).status, 404);
  });

  it('answer scripts with the same facts', async () => {
    const answer = await admin.get('/api/v1/admin/platforms/test/dev-tools/inspection');
    const { modules } = answer.json<{ modules: { code: string; reason: string; isOn: boolean }[] }>();
    const spare = modules.find(({ code }) => code === 'spare');
    assert.deepEqual([spare?.isOn, spare?.reason], [false, 'admin']);
  });

  it('are not there where the module is off, nor for those who may not look', async () => {
    assert.equal((await admin.get('/admin/platforms/plain/dev-tools/icons')).status, 404);
    const other = await server.signIn(await server.user({ adminOf: 'plain' }), { surface: 'admin' });
    assert.notEqual((await other.get(`${root}/dev-tools/icons`)).status, 200);
  });
});
