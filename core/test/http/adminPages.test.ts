import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineJob, definePlugin, type JobQueue, JobsService, tap, tierColumns } from '../../src/index.js';
import { startTestServer, testHost, type TestAppServer, type TestClient } from '../../src/testing/index.js';
import { asMerchant, asStore } from '../../src/tenancy/asTenant.js';

const Slow = { name: 'shelf.count', input: z.object({}) };
const shelf = definePlugin({
  code: 'shelf',
  name: 'Shelf',
  description: 'Counts shelves.',
  requires: { jobs: JobsService },
  features: [
    { code: 'shelf_count', name: 'Count shelves' },
    { code: 'shelf_plan', name: 'Plan shelves' },
  ],
  limits: [
    { code: 'shelves', name: 'Shelves', per: 'store' },
    { code: 'shelf_photos', name: 'Photos', per: 'store', unit: 'bytes' },
  ],
  jobs: () => [defineJob({ ...Slow, maxAttempts: 1, run: async () => {} })],
  hooks: () => [
    tap(tierColumns, { onError: 'skip' }, (_ctx, value) => ({
      ...value,
      lines: [...value.lines, { label: 'Price', cells: { basic: { text: '9 €' } } }],
    })),
  ],
});
const tiers = [
  { code: 'basic', name: 'Basic', features: ['shelf_count'], limits: { shelves: 3 } },
  { code: 'plus', name: 'Plus', features: ['shelf_plan', 'custom_domain'], limits: { shelves: 10 } },
];
const HOSTS = ['oms', 'loyalty'].map((code) =>
  testHost({ code, plugins: [shelf], domain: `${code}.lu`, tiers, defaultTier: 'basic' }),
);

const form = (fields: Readonly<Record<string, string | readonly string[]>>) => ({
  body: new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as [string, string]),
    ),
  ).toString(),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});

describe('Administration pages [module:platform-admin] [surface:admin]', () => {
  let server: TestAppServer;
  let root: TestClient;
  let oms: TestClient;
  let acme: { readonly id: string; readonly name: string };
  let storeId: string;
  before(async () => {
    server = await startTestServer({ hosts: HOSTS });
    const admin = await server.user({ superAdmin: true });
    const omsAdmin = await server.user({ adminOf: 'oms' });
    root = await server.signIn(admin, { surface: 'admin', root: '/admin' });
    oms = await server.signIn(omsAdmin, { surface: 'admin', root: '/admin/platforms/oms' });
    const store = await server.store({ platform: 'oms', code: 'acme', tier: 'basic' });
    acme = store.merchant;
    storeId = store.id;
    await server.store({ platform: 'loyalty', code: 'weber' });
  });
  after(async () => {
    const { errors } = server.log;
    await server.stop();
    assert.deepEqual(errors, []);
  });

  const trail = async (): Promise<string[]> =>
    (await server.parts.audit.listAcross(server.context(), { perPage: 100 })).items.map(
      ({ action }) => action,
    );

  describe('platforms', () => {
    it('lists, filters, sorts and exports those that one may administer', async () => {
      assert.match((await root.get('/platforms?sort=-name')).expect(200).html, /oms[\s\S]*/);
      const csv = (await root.get('/platforms?format=csv&q=OMS')).expect(200);
      assert.match(csv.headers['content-type'] ?? '', /text\/csv/);
      assert.equal(csv.text.trim().split('\r\n').length, 2);
      const mine = await server.signIn(await server.user({ adminOf: 'oms' }), {
        surface: 'admin',
        root: '/admin',
      });
      const html = (await mine.get('/platforms')).expect(200).html;
      assert.match(html, /platforms\/oms\//);
      assert.doesNotMatch(html, /platforms\/loyalty\//);
      assert.doesNotMatch(html, /platforms\/new/);
    });

    it('creates one step by step, keeps what was typed, and makes nothing before the end', async () => {
      const before = server.parts.tenants.platforms().length;
      const bad = (await root.post('/platforms/new', form({ name: 'Bakeries', code: 'Bad Code' }))).expect(
        422,
      ).html;
      assert.match(bad, /value="Bakeries"/);
      assert.match(bad, /aria-invalid="true"/);
      const taken = (await root.post('/platforms/new', form({ name: 'X', code: 'oms' }))).expect(422).html;
      assert.match(taken, /exists; choose another/);
      const first = (await root.post('/platforms/new', form({ name: 'Bakeries', code: 'bakeries' }))).expect(
        303,
      );
      const draft = /\/admin(\/platforms\/new\/[^/]+)\/steps\/domain$/.exec(
        first.location ?? '',
      )?.[1] as string;
      assert.ok(draft, first.location);
      assert.match((await root.get('/platforms/new')).html, /Bakeries/, 'it can be resumed');
      (await root.post(`${draft}/steps/domain`, form({ domain: 'http://x/y' }))).expect(422);
      (await root.post(`${draft}/steps/domain`, form({ domain: 'bakeries.lu' }))).expect(303);
      (await root.post(`${draft}/create`)).expect(409);
      (await root.post(`${draft}/steps/product`, form({ host: 'oms', modules: 'core' }))).expect(303);
      (
        await root.post(`${draft}/steps/languages`, form({ languages: ['fr', 'de'], defaultLanguage: 'en' }))
      ).expect(422);
      (
        await root.post(`${draft}/steps/languages`, form({ languages: ['fr', 'de'], defaultLanguage: 'fr' }))
      ).expect(303);
      assert.match(
        (await root.get(`${draft}/steps/domain`)).html,
        /value="bakeries\.lu"/,
        'going back keeps it',
      );
      (await root.post(`${draft}/steps/branding`, form({ theme: 'warm' }))).expect(303);
      assert.match((await root.get(draft)).expect(200).html, /bakeries\.lu/);
      assert.equal(server.parts.tenants.platforms().length, before);
      const done = (await root.post(`${draft}/create`)).expect(303);
      assert.match(done.location ?? '', /\/platforms\/bakeries\/platform$/);
      const made = server.parts.tenants.platformByCode('bakeries');
      assert.deepEqual(
        [made?.domain, made?.defaultLanguage, made?.theme.name],
        ['bakeries.lu', 'fr', 'warm'],
      );
      assert.ok(!server.parts.states.snapshotOf(made?.id ?? '').isOn('shelf'), 'only what cannot be off');
      assert.equal((await server.parts.tiers.list(server.context({ platform: 'bakeries' }))).length, 2);
      (await root.post(`${draft}/create`)).expect(404);
      assert.equal((await trail()).filter((action) => action === 'core.platform.create').length, 1);
    });

    it('keeps a draft to who began it, and the wizard to super admins', async () => {
      const first = (await root.post('/platforms/new', form({ name: 'Mine', code: 'mine' }))).expect(303);
      const path = (first.location ?? '').replace('/admin', '').replace('/steps/domain', '');
      const other = await server.signIn(await server.user({ superAdmin: true }), {
        surface: 'admin',
        root: '/admin',
      });
      (await other.get(path)).expect(404);
      (await other.post(`${path}/steps/domain`, form({ domain: '' }))).expect(404);
      const platformAdmin = await server.signIn(await server.user({ adminOf: 'oms' }), {
        surface: 'admin',
        root: '/admin',
      });
      (await platformAdmin.get('/platforms/new')).expect(403);
      (await root.post(`${path}/discard`)).expect(303);
      (await root.get(path)).expect(404);
    });

    it('makes one platform of two clicks at once', async () => {
      const first = (await root.post('/platforms/new', form({ name: 'Twice', code: 'twice' }))).expect(303);
      const draft = (first.location ?? '').replace('/admin', '').replace('/steps/domain', '');
      await root.post(`${draft}/steps/domain`, form({ domain: '' }));
      await root.post(`${draft}/steps/product`, form({ host: 'oms', modules: 'all' }));
      await root.post(`${draft}/steps/languages`, form({ languages: 'en', defaultLanguage: 'en' }));
      await root.post(`${draft}/steps/branding`, form({ theme: 'modern' }));
      const answers = await Promise.all(Array.from({ length: 5 }, () => root.post(`${draft}/create`)));
      assert.equal(answers.filter(({ status }) => status === 303).length, 1);
      assert.equal(server.parts.tenants.platforms().filter(({ code }) => code === 'twice').length, 1);
    });

    it('edits facts, refuses what does not fit, and shows what deactivating does', async () => {
      const page = await server.signIn(await server.user({ superAdmin: true }), {
        surface: 'admin',
        root: '/admin/platforms/oms',
      });
      (await page.get('/platform')).expect(200);
      assert.match((await page.get('/platform/edit')).expect(200).html, /name="contactEmail"/);
      const base = { name: 'OMS', domain: 'oms.lu', languages: ['en', 'fr'], defaultLanguage: 'en' };
      const bad = (await page.post('/platform/edit', form({ ...base, contactEmail: 'nobody' }))).expect(
        422,
      ).html;
      assert.match(bad, /value="nobody"/);
      (await page.post('/platform/edit', form({ ...base, contactEmail: 'hello@oms.lu' }))).expect(303);
      const { settings } = await server.parts.platforms.get(server.context({ platform: 'oms' }));
      assert.equal(settings['contactEmail'], 'hello@oms.lu');
      assert.doesNotMatch((await oms.get('/platform/edit')).expect(200).html, /name="domain"/);
      (await oms.get('/platform/active')).expect(403);
      assert.match((await page.get('/platform/active')).expect(200).html, /404/);
      (await page.post('/platform/active', form({ isActive: 'false' }))).expect(303);
      assert.equal(server.platform('oms').isActive, false);
      (await page.post('/platform/active', form({ isActive: 'true' }))).expect(303);
    });
  });

  describe('tiers', () => {
    it('shows tiers as columns with what modules say of them, and saves the matrix at once', async () => {
      const html = (await oms.get('/tiers')).expect(200).html;
      assert.match(html, /9 €/);
      assert.match(html, /name="tiers\.basic\.features\.shelf_count" value="true" checked/);
      const fingerprint = /name="fingerprint" value="([0-9a-f]+)"/.exec(html)?.[1] as string;
      const save = (more: Record<string, string>, mark = fingerprint) =>
        oms.post(
          '/tiers',
          form({ fingerprint: mark, 'tiers.basic.shown': 'true', 'tiers.plus.shown': 'true', ...more }),
        );
      const kept = {
        'tiers.plus.features.shelf_count': 'true',
        'tiers.plus.features.shelf_plan': 'true',
        'tiers.plus.features.custom_domain': 'true',
        'tiers.plus.limits.shelves': '10',
      };
      const bad = (await save({ ...kept, 'tiers.basic.limits.shelves': 'many' })).expect(422).html;
      assert.match(bad, /value="many"/);
      (
        await save({ ...kept, 'tiers.basic.features.shelf_plan': 'true', 'tiers.basic.limits.shelves': '' })
      ).expect(303);
      const [basic, plus] = await server.parts.tiers.list(server.context({ platform: 'oms' }));
      assert.deepEqual([...(basic?.features ?? [])], ['shelf_plan']);
      assert.deepEqual(basic?.limits, {});
      assert.deepEqual(plus?.limits, { shelves: 10 });
      (await save(kept)).expect(409);
      const loyalty = await server.parts.tiers.list(server.context({ platform: 'loyalty' }));
      assert.deepEqual(loyalty[0]?.limits, { shelves: 3 }, 'the other platform’s stay');
    });

    it('shows and takes limits in bytes in megabytes and gigabytes', async () => {
      const now = async () => (await server.parts.tiers.list(server.context({ platform: 'oms' })))[0]?.limits;
      const kept = { ...(await now()) };
      const save = async (size: string, unit: string) =>
        oms.post(
          '/tiers',
          form({
            fingerprint:
              /name="fingerprint" value="([0-9a-f]+)"/.exec((await oms.get('/tiers')).html)?.[1] ?? '',
            'tiers.basic.shown': 'true',
            'tiers.basic.limits.shelf_photos': size,
            'tiers.basic.units.shelf_photos': unit,
          }),
        );
      (await save('1.5', 'GB')).expect(303);
      assert.deepEqual(await now(), { ...kept, shelf_photos: 1_500_000_000 });
      const { html } = await oms.get('/tiers');
      assert.match(html, /name="tiers\.basic\.limits\.shelf_photos" value="1\.5"/);
      assert.match(html, /name="tiers\.basic\.units\.shelf_photos"[^]*?value="GB" selected/);
      const bad = (await save('2000', 'GB')).expect(422).html;
      assert.match(bad, /value="2000"/);
      assert.match(bad, /Enter a size up to 1000 GB/);
      (await save('', 'MB')).expect(303);
      assert.deepEqual(await now(), kept);
    });

    it('creates, renames, moves, archives, and deletes only what nobody has', async () => {
      (await oms.post('/tiers/new', form({ name: 'Gold', code: 'gold', like: 'plus' }))).expect(303);
      (await oms.post('/tiers/new', form({ name: 'Gold', code: 'gold', like: '' }))).expect(409);
      (await oms.post('/tiers/gold/edit', form({ name: 'Golden' }))).expect(303);
      (await oms.post('/tiers/gold/down')).expect(303);
      const list = async () => server.parts.tiers.list(server.context({ platform: 'oms' }));
      assert.deepEqual(
        (await list()).map(({ code, name }) => `${code} ${name}`),
        ['basic Basic', 'gold Golden', 'plus Plus'],
      );
      assert.match((await oms.get('/tiers/basic/remove')).html, /One merchant has it/);
      assert.match((await oms.post('/tiers/basic/remove')).expect(409).html, /One merchant has/);
      (await oms.post('/tiers/gold/default')).expect(303);
      (await oms.post('/tiers/gold/archive')).expect(409);
      (await oms.post('/tiers/basic/default')).expect(303);
      (await oms.post('/tiers/gold/archive')).expect(303);
      await assert.rejects(
        server.parts.tiers.assign(server.context({ platform: 'oms' }), acme, 'gold'),
        /TIER_ARCHIVED/,
      );
      (await oms.post('/tiers/gold/remove')).expect(303);
      (await oms.post('/tiers/gold/remove')).expect(422);
      const written = await trail();
      for (const action of ['created', 'renamed', 'moved', 'defaulted', 'archived', 'deleted', 'saved'])
        assert.ok(written.includes(`core.tier.${action}`), action);
    });
  });

  describe('merchants and stores', () => {
    it('keeps the merchants of another platform out of sight, whatever is asked', async () => {
      const weber = (await server.parts.merchants.list(server.context({ platform: 'loyalty' }))).items[0];
      const html = (await oms.get('/merchants')).expect(200).html;
      assert.match(html, new RegExp(acme.name));
      assert.doesNotMatch(html, new RegExp(weber?.displayName ?? '-'));
      assert.doesNotMatch(
        (await oms.get('/merchants?format=csv')).text,
        new RegExp(weber?.displayName ?? '-'),
      );
      for (const path of [
        `/merchants/${weber?.id}`,
        `/merchants/${weber?.id}/edit`,
        `/merchants/${weber?.id}/stores/new`,
      ])
        (await oms.get(path)).expect(404);
      for (const [path, fields] of [
        ['tier', { tier: '' }],
        ['overrides', { what: 'limit:shelves', reason: 'x' }],
        ['edit', { displayName: 'Mine', legalName: 'Mine', country: 'LU', email: 'mine@example.org' }],
      ] as const)
        (await oms.post(`/merchants/${weber?.id}/${path}`, form(fields))).expect(404);
      (await oms.get('/audit-log')).expect(200);
      assert.doesNotMatch(
        (await oms.get('/audit-log?perPage=100')).html,
        new RegExp(weber?.displayName ?? '-'),
      );
      const foreign = await server.signIn(await server.user({ adminOf: 'oms' }), {
        surface: 'admin',
        root: '/admin/platforms/loyalty',
      });
      (await foreign.get('/merchants')).expect(403, 404);
      (await foreign.get('/tiers')).expect(403, 404);
    });

    it('creates and edits a merchant, with errors at their fields', async () => {
      const fields = {
        displayName: 'Kiosk',
        legalName: 'Kiosk S.à r.l.',
        country: 'lu',
        email: 'kiosk@example.org',
        vatId: 'LU 123 456 78',
      };
      const bad = (await oms.post('/merchants/new', form({ ...fields, email: '' }))).expect(422).html;
      assert.match(bad, /value="Kiosk"/);
      assert.match(bad, /id="error-email"/);
      const made = (await oms.post('/merchants/new', form({ ...fields, tier: 'plus' }))).expect(303);
      const path = (made.location ?? '').replace('/admin/platforms/oms', '');
      assert.match((await oms.get(path)).expect(200).html, /LU12345678/);
      (await oms.post(`${path}/edit`, form({ ...fields, displayName: 'Kiosk 2', city: 'Esch' }))).expect(303);
      assert.match((await oms.get(path)).html, /Kiosk 2[\s\S]*Esch/);
      const shop = (
        await oms.post(
          `${path}/stores/new`,
          form({ name: 'Kiosk', code: 'kiosk', languages: 'fr', defaultLanguage: 'fr' }),
        )
      ).expect(303);
      assert.match(
        (await oms.get((shop.location ?? '').replace('/admin/platforms/oms', ''))).expect(200).html,
        /kiosk\.oms\.lu/,
      );
      (
        await oms.post(
          `${path}/stores/new`,
          form({ name: 'Kiosk', code: 'kiosk', languages: 'fr', defaultLanguage: 'fr' }),
        )
      ).expect(409);
    });

    it('grants beside the tier with a reason and an end, shows it, and takes it back', async () => {
      const path = `/merchants/${acme.id}`;
      const bad = (
        await oms.post(
          `${path}/overrides`,
          form({ what: 'limit:shelves', value: '-1', until: '2020-01-01', reason: '' }),
        )
      ).expect(422).html;
      for (const name of ['value', 'until', 'reason']) assert.match(bad, new RegExp(`id="error-${name}"`));
      (await oms.post(`${path}/overrides`, form({ what: 'feature:nothing', reason: 'x' }))).expect(422);
      (
        await oms.post(
          `${path}/overrides`,
          form({ what: 'limit:shelves', value: '99', until: '2099-12-31', reason: 'Trade fair' }),
        )
      ).expect(303);
      assert.match((await oms.get(path)).expect(200).html, /Trade fair/);
      const ctx = asMerchant(server.context({ platform: 'oms' }), acme);
      (await oms.post(`${path}/tier`, form({ tier: 'plus' }))).expect(303);
      assert.equal(await server.parts.entitlements.limit(ctx, 'shelves'), 99);
      (await oms.post(`${path}/tier`, form({ tier: 'nowhere' }))).expect(422);
      (await oms.post(`${path}/overrides/remove`, form({ kind: 'limit', code: 'shelves' }))).expect(303);
      assert.equal(await server.parts.entitlements.limit(ctx, 'shelves'), 10);
    });

    it('suspends a store with a reason, so that visitors get 503, and opens it again', async () => {
      const path = `/stores/${storeId}`;
      (await oms.get(path)).expect(200);
      assert.match((await oms.get(`${path}/status/suspend`)).expect(200).html, /503/);
      (await oms.post(`${path}/status/suspend`, form({ reason: '' }))).expect(422);
      (await oms.post(`${path}/status/suspend`, form({ reason: 'The invoice is open.' }))).expect(303);
      const visitor = server.client({ host: 'acme.oms.lu' });
      (await visitor.get('/storefront/')).expect(503);
      assert.match((await oms.get(path)).html, /The invoice is open\./);
      (await oms.post(`${path}/status/reactivate`)).expect(303);
      assert.notEqual((await visitor.get('/storefront/')).status, 503);
      (
        await oms.post(
          `${path}/edit`,
          form({ name: 'Acme', subdomain: 'www', languages: 'en', defaultLanguage: 'en' }),
        )
      ).expect(422);
      (
        await oms.post(
          `${path}/edit`,
          form({ name: 'Acme!', subdomain: 'acme2', languages: 'en', defaultLanguage: 'en' }),
        )
      ).expect(303);
      (
        await oms.post(
          `${path}/edit`,
          form({ name: 'Acme', subdomain: 'acme', languages: 'en', defaultLanguage: 'en' }),
        )
      ).expect(303);
    });
  });

  describe('domains', () => {
    it('shows the record of a new domain, and releases it after asking', async () => {
      (await oms.get('/domains')).expect(200);
      (await oms.get(`/stores/${storeId}/domains/new`)).expect(200);
      const bad = (await oms.post(`/stores/${storeId}/domains/new`, form({ domain: 'https://acme' }))).expect(
        422,
      ).html;
      assert.match(bad, /value="https:\/\/acme"/);
      const added = (
        await oms.post(`/stores/${storeId}/domains/new`, form({ domain: 'Acme-Shop.LU' }))
      ).expect(303);
      const path = (added.location ?? '').replace('/admin/platforms/oms', '');
      assert.match(
        (await oms.get(path)).expect(200).html,
        /value="_wizamart\.acme-shop\.lu"[\s\S]*value="wizamart-[0-9a-f]{32}"/,
      );
      (await oms.post(`${path}/primary`)).expect(409);
      (await oms.get(`${path}/release`)).expect(200);
      (await oms.post(`${path}/release`)).expect(303);
      (await oms.get(path)).expect(404);
      assert.match((await oms.get('/domains?status=released')).html, /acme-shop\.lu/);
    });

    it('shows marketplaces’ identities, and releases them', async () => {
      const store = await server.parts.tenants.storeById(server.platform('oms'), storeId);
      const inside = asStore(server.context({ platform: 'oms' }), store!);
      const { id } = await server.parts.storeIdentities.claim(inside, {
        provider: 'letzshop',
        externalId: 'v-1',
        name: 'Acme at Letzshop',
      });
      assert.match((await oms.get(`/stores/${storeId}`)).html, /Acme at Letzshop/);
      (await oms.post(`/stores/${storeId}/identities/${id}/release`)).expect(303);
      assert.equal(
        await server.parts.storeIdentities.find(inside, { provider: 'letzshop', externalId: 'v-1' }),
        null,
      );
    });
  });

  describe('audit log', () => {
    it('filters, keeps its pages while new lines come, and shows what changed', async () => {
      const html = (await oms.get('/audit-log?action=core.tier&perPage=2')).expect(200).html;
      const next = /rel="next" href="([^"]+)"/
        .exec(html)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=') as string;
      assert.match(next, /upTo=/);
      const page = next.replace('/admin/platforms/oms', '');
      const rows = (text: string) => [...text.matchAll(/audit-log\/([0-9a-f-]{36})/g)].map(([, id]) => id);
      const before = rows((await oms.get(page)).html);
      (await oms.post('/tiers/plus/edit', form({ name: 'Plus' }))).expect(303);
      assert.deepEqual(rows((await oms.get(page)).html), before);
      const one = (await oms.get(`/audit-log/${before[0]}`)).expect(200).html;
      assert.match(one, /core\.tier/);
      assert.equal(rows((await oms.get('/audit-log?to=2001-01-01')).html).length, 0);
      assert.match((await oms.get('/audit-log?format=csv')).expect(200).text, /core\.tier/);
      const { items } = await server.parts.audit.listOnPlatform(server.context({ platform: 'loyalty' }));
      (await oms.get(`/audit-log/${items[0]?.id}`)).expect(404);
      (await root.get(`/audit-log/${items[0]?.id}`)).expect(200);
      (await root.get('/audit-log?platform=loyalty')).expect(200);
    });

    it('takes hostile filters for text', async () => {
      for (const value of ["' or 1=1 --", '%', '\\', '<script>', 'x'.repeat(5_000), 'a'.repeat(199)])
        for (const name of ['q', 'actor', 'action', 'from', 'upTo', 'sort', 'page', 'merchant'])
          assert.ok(
            [200, 422].includes((await oms.get(`/audit-log?${name}=${encodeURIComponent(value)}`)).status),
            `${name}=${value.slice(0, 20)}`,
          );
    });
  });

  describe('jobs, health and settings', () => {
    it('shows a job, runs it again and cancels it, on its own platform only', async () => {
      const enqueue = (code: string): Promise<string> => {
        const ctx = server.context({ platform: code });
        return server.parts.database.unit(ctx, (inside) =>
          (server.parts.jobs as JobQueue).enqueue(inside, Slow, {}),
        );
      };
      const [mine, other] = [await enqueue('oms'), await enqueue('loyalty')];
      assert.match((await oms.get('/jobs?q=shelf')).expect(200).html, /shelf\.count/);
      assert.match((await oms.get(`/jobs/${mine}`)).expect(200).html, /hx-trigger="every 2s"/);
      (await oms.get(`/jobs/${other}`)).expect(404);
      (await oms.post(`/jobs/${other}/cancel`)).expect(404);
      (await oms.post(`/jobs/${mine}/retry`)).expect(303);
      (await oms.post(`/jobs/${mine}/cancel`)).expect(303);
      (await oms.get(`/jobs/${mine}`)).expect(404);
      assert.ok((await trail()).includes('core.job.cancelled'));
    });

    it('answers health of a platform and above all, and how the installation runs, to super admins', async () => {
      (await oms.get('/health')).expect(200);
      (await root.get('/health')).expect(200);
      (await root.get('/settings')).expect(200);
      const mine = await server.signIn(await server.user({ adminOf: 'oms' }), {
        surface: 'admin',
        root: '/admin',
      });
      (await mine.get('/settings')).expect(403, 404);
    });
  });

  describe('certificates on demand', () => {
    it('are told for served names, on any host name, and to nobody that a proxy forwarded', async () => {
      const ask = (domain: string, headers = {}, host = '127.0.0.1') =>
        server.client({ host }).get(`/internal/tls-check?domain=${encodeURIComponent(domain)}`, { headers });
      (await ask('oms.lu')).expect(200);
      (await ask('acme.oms.lu', {}, 'unknown.example')).expect(200);
      (await ask('acme.oms.lu', { 'X-Forwarded-For': '203.0.113.9' })).expect(404);
      for (const domain of ['nobody.example', '', 'x'.repeat(9_000), "' or 1=1", '..', 'acme.oms.lu/../x'])
        (await ask(domain)).expect(404);
      (await server.client({ host: 'oms.lu' }).post('/internal/tls-check?domain=oms.lu')).expect(404);
    });
  });

  describe('API', () => {
    const api = (code: string) => `/api/v1/admin/platforms/${code}`;
    const client = async (code: string) =>
      server.signIn(await server.user({ adminOf: 'oms' }), { surface: 'admin', root: api(code) });

    it('changes tiers as the pages do, and refuses the other platform', async () => {
      const mine = await client('oms');
      const matrix = (await mine.get('/tier-matrix'))
        .expect(200)
        .json<{ fingerprint: string; tiers: { code: string; merchants: number }[] }>();
      assert.ok(matrix.tiers.some(({ merchants }) => merchants > 0));
      const changes = [{ code: 'basic', features: { shelf_count: true }, limits: { shelves: 4 } }];
      const json = { fingerprint: matrix.fingerprint, changes };
      assert.deepEqual((await mine.patch('/tier-matrix', { json })).expect(200).json(), {
        changed: ['basic'],
      });
      assert.equal((await mine.patch('/tier-matrix', { json })).expect(409).problem, 'TIERS_CHANGED');
      (await mine.post('/tiers', { json: { code: 'api', name: 'Api', like: 'basic' } })).expect(201);
      (await mine.post('/tiers', { json: { code: 'api', name: 'Api', more: 1 } })).expect(422);
      (await mine.put('/tiers/api/archived', { json: { isArchived: true } })).expect(204);
      (await mine.delete('/tiers/api')).expect(204);
      assert.equal((await mine.delete('/tiers/plus')).expect(409).problem, 'TIER_IN_USE');
      const other = await client('loyalty');
      for (const path of [
        '/tier-matrix',
        '/merchants',
        '/jobs',
        '/audit-log',
        `/merchants/${acme.id}/overrides`,
      ])
        assert.ok([403, 404].includes((await other.get(path)).status), path);
    });

    it('refuses what no module on the platform brings, and says where and how to mend it', async () => {
      const mine = await client('oms');
      const tier = { name: 'Odd', position: 90, features: ['teleport'], limits: { unicorns: 3 } };
      const refused = (await mine.put('/tiers/odd', { json: tier })).expect(422);
      assert.deepEqual(
        refused.json<{ errors: { path: string; message: string }[] }>().errors.map(({ path }) => path),
        ['features.teleport', 'limits.unicorns'],
      );
      assert.match(
        refused.text,
        /No module that is on here counts ‘unicorns’\. Check how it is written, or turn on/,
      );
      const { fingerprint } = (await mine.get('/tier-matrix')).json<{ fingerprint: string }>();
      const change = (features: object, limits: object) =>
        mine.patch('/tier-matrix', { json: { fingerprint, changes: [{ code: 'basic', features, limits }] } });
      assert.match((await change({ teleport: true }, {})).expect(422).text, /changes\.0\.features\.teleport/);
      assert.match((await change({}, { unicorns: 1 })).expect(422).text, /changes\.0\.limits\.unicorns/);
      (await change({ teleport: false }, { unicorns: null })).expect(200);
      assert.equal(
        (await mine.get('/tiers'))
          .json<{ items: { code: string }[] }>()
          .items.some(({ code }) => code === 'odd'),
        false,
      );
    });

    it('grants beside the tier, and lists what was granted', async () => {
      const mine = await client('oms');
      const path = `/merchants/${acme.id}/overrides`;
      const json = { value: 50, reason: 'A fair' };
      (await mine.put(`${path}/limit/shelves`, { json })).expect(204);
      (await mine.put(`${path}/limit/nothing`, { json })).expect(422);
      (await mine.put(`${path}/limit/shelves`, { json: { ...json, until: '2001-01-01T00:00:00Z' } })).expect(
        422,
      );
      const { items } = (await mine.get(path))
        .expect(200)
        .json<{ items: { code: string; value: number; reason: string }[] }>();
      assert.deepEqual(
        items.map(({ code, value, reason }) => [code, value, reason]),
        [['shelves', 50, 'A fair']],
      );
      (await mine.delete(`${path}/limit/shelves`)).expect(204);
    });
  });

  describe('languages', () => {
    it('speaks all four on every page', async () => {
      for (const language of ['fr', 'de', 'lb'])
        for (const path of [
          '/platform',
          '/tiers',
          '/domains',
          '/merchants',
          `/merchants/${acme.id}`,
          `/stores/${storeId}`,
          '/jobs',
          '/audit-log',
          '/health',
        ])
          (await oms.get(path, { headers: { 'Accept-Language': language } })).expect(200);
    });
  });
});
