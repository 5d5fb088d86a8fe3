import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeLogger, openDatabase, readConfig, type OpenDatabase } from '@wizamart/core/server';
import { runCommand, type Ran } from './runCommand.fixture.js';

describe('the wizamart command [module:core]', function () {
  this.timeout(180_000);
  let data: string;
  let place: OpenDatabase;
  const run = (...words: string[]): Promise<Ran> =>
    runCommand(words, { WIZAMART_DATA: data, WIZAMART_DEMO: 'true' });
  const json = async <Value>(...words: string[]): Promise<Value> => {
    const { code, out, err } = await run(...words, '--json');
    assert.equal(code, 0, err);
    return JSON.parse(out) as Value;
  };

  before(async () => {
    data = mkdtempSync(path.join(os.tmpdir(), 'wizamart-cli-'));
    chmodSync(data, 0o755);
    // Keeps the server running between the commands.
    place = await openDatabase(readConfig({ WIZAMART_DATA: data }), makeLogger({ logLevel: 'warn' }));
  });
  after(async () => {
    await place.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('says what was perhaps meant, and ends with 2', async () => {
    const [command, option, nested, nothing] = await Promise.all([
      run('doctr'),
      run('graph', '--fromat', 'mermaid'),
      run('modules', 'lst'),
      run('modules'),
    ]);
    assert.match(command.err, /no command 'doctr'; did you mean 'doctor'/);
    assert.match(option.err, /no option '--fromat'; did you mean '--format'/);
    assert.match(nested.err, /did you mean 'list'/);
    assert.deepEqual([command.code, option.code, nested.code, nothing.code], [2, 2, 2, 2]);
  });

  it('writes no colours where there is no terminal', async () => {
    for (const words of [['--help'], ['modules', '--help'], ['nothing']]) {
      const { out, err } = await run(...words);
      assert.ok(!`${out}${err}`.includes('\u001B'), words.join(' '));
    }
  });

  it('says what is pending, and migrates', async () => {
    const pending = await run('migrate', '--dry-run', '--json');
    assert.equal(pending.code, 1);
    assert.ok((JSON.parse(pending.out) as { pending: unknown[] }).pending.length > 0);
    const { applied } = await json<{ applied: { plugin: string }[] }>('migrate');
    assert.ok(applied.some(({ plugin }) => plugin === 'cms'));
    assert.equal((await run('migrate', '--dry-run')).code, 0);
  });

  it('shows who needs whom, as text, as mermaid, and for programmes', async () => {
    const [text, mermaid, nodes] = await Promise.all([
      run('graph'),
      run('graph', '--format', 'mermaid'),
      json<{ code: string }[]>('graph'),
    ]);
    assert.match(text.out, /^cms .*\n {2}needs core: core\.database/m);
    assert.match(mermaid.out, /^flowchart BT\n[\s\S]* {2}cms --> core/);
    assert.equal(nodes[0]?.code, 'core');
  });

  it('lists the routes of a platform, by plugin, surface and kind', async () => {
    const all = await json<{ plugin: string; surface: string; kind: string }[]>(
      'routes',
      '--platform',
      'oms',
    );
    const some = await json<typeof all>(
      'routes',
      '--platform',
      'oms',
      '--plugin',
      'cms',
      '--surface',
      'store',
      '--kind',
      'api',
    );
    assert.ok(some.length > 0 && some.length < all.length);
    assert.ok(
      some.every(({ plugin, surface, kind }) => plugin === 'cms' && surface === 'store' && kind === 'api'),
    );
    assert.match((await run('routes', '--platform', 'osm')).err, /did you mean 'oms'/);
    assert.equal((await run('routes', '--plugin', 'nobody')).code, 2);
  });

  it('turns a module off and on, and takes it out of routes, document and explanations', async () => {
    const plan = await run('modules', 'plan', 'loyalty', '--disable', 'cms');
    assert.match(plan.out, /- page: store GET \/content-pages/);
    assert.equal((await run('modules', 'apply', 'loyalty', '--disable', 'cms')).code, 0);
    assert.deepEqual(await json('routes', '--platform', 'loyalty', '--plugin', 'cms'), []);
    assert.ok(!(await run('openapi', 'loyalty', '--compact')).out.includes('"tags":["cms"]'));
    const [feature] = await json<{ facts: { 'is on at': string[] } }[]>('explain', 'feature', 'cms_seo');
    assert.ok(!feature?.facts['is on at'].includes('loyalty'));
    assert.ok(feature?.facts['is on at'].includes('oms'));
    assert.equal((await run('modules', 'apply', 'loyalty', '--enable', 'cms')).code, 0);
    assert.match((await run('modules', 'apply', 'loyalty', '--enable', 'csm')).err, /did you mean 'cms'/);
  });

  it('explains who declares a thing, where it stands and who holds it', async () => {
    const route = await run('explain', 'route', 'PATCH', '/pages/17');
    assert.match(
      route.out,
      /store api PATCH \/pages\/:id[\s\S]*plugins\/cms\/src\/routes\/storePageApi\.ts:\d+/,
    );
    assert.match(route.out, /may call it +owners of the merchant/);
    const permission = await run('explain', 'permission', 'cms.pages.edit');
    assert.match(permission.out, /plugins\/cms\/src\/permissions\.ts:\d+[\s\S]*the store role manager/);
    assert.match(
      (await run('explain', 'template', 'cms/store-pages')).out,
      /file +plugins\/cms\/templates\/store-pages\.hbs[\s\S]*storePagePages\.ts:\d+/,
    );
    assert.match((await run('explain', 'feature', 'cms_seo')).out, /tiers +loyalty: plus/);
    assert.match(
      (await run('explain', 'permission', 'cms.pages.edti')).err,
      /did you mean 'cms\.pages\.edit'/,
    );
    assert.equal((await run('explain', 'route', '/nowhere/at/all')).code, 1);
  });

  it('opens a console in a store, with services and models of that tenant', async () => {
    const { code, out, err } = await run(
      'console',
      '--platform',
      'oms',
      '--store',
      'acme',
      '--eval',
      'unit(async (ctx) => [ctx.store.code, (await models.StorePage.in(ctx)).length, typeof services.cms.storePages.list])',
    );
    assert.equal(code, 0, err);
    const [store, pages, list] = JSON.parse(out) as [string, number, string];
    assert.deepEqual([store, list], ['acme', 'function']);
    assert.ok(pages > 0);
    assert.match(
      (await run('console', '--platform', 'oms', '--store', 'acmee', '--eval', '1')).err,
      /did you mean 'acme'/,
    );
  });

  it('finds nothing wrong here, and says what is wrong elsewhere', async () => {
    const { errors, findings } = await json<{ errors: number; findings: { check: string }[] }>('doctor');
    assert.equal(errors, 0);
    for (const check of [
      'node',
      'versions',
      'duplicates',
      'undeclared-import',
      'composition',
      'data-folder',
      'secret',
      'database-roles',
      'migrations',
      'chromium',
    ])
      assert.ok(
        findings.some((finding) => finding.check === check),
        check,
      );
    const wrong = await runCommand(['doctor'], { WIZAMART_DATA: data, NODE_ENV: 'production', PORT: 'x' });
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /PORT/);
    const secret = await runCommand(['doctor'], { WIZAMART_DATA: data, NODE_ENV: 'production' });
    assert.match(secret.out, /secret: .*\n +fix: node -p/);
    const nowhere = await runCommand(['doctor'], {}, data);
    assert.match(nowhere.out, /no hosts are listed/);
  });
});
