import assert from 'node:assert/strict';
import { Conflict, InvalidInput, NotFound } from '../../errors/common.js';
import type { StoreRecord } from '../../kernel/context.js';
import { asMerchant } from '../asTenant.js';
import { GLOBAL_PLATFORM } from '../globalPlatform.js';
import { ensurePlatforms } from '../ensurePlatforms.js';
import { HOSTS, MERCHANT, NOW, openTenancy, type Tenancy } from '../tenancy.fixture.js';
import { THEME_PRESETS } from '../theme/presets.js';
import { domainProof } from './Domains.js';

const refusedField =
  (path: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof InvalidInput, String(error));
    assert.deepEqual(
      error.errors?.map((entry) => entry.path),
      [path],
    );
    return true;
  };

describe('tenancy services [module:core]', () => {
  let tenancy: Tenancy;
  before(async () => {
    tenancy = await openTenancy();
  });
  after(() => tenancy.close());

  const trail = async (action: string): Promise<object[]> =>
    tenancy.db.everything(
      `select subject_name as name, change_from as "from", change_to as "to" from
      (select id, occurred_at, action, subject_name, change_from, change_to from core_audit_platform
        union all select id, occurred_at, action, subject_name, change_from, change_to from core_audit_merchant) a where action = $1 order by occurred_at, id`,
      [action],
    );

  describe('ensurePlatforms', () => {
    it('makes each host’s platform once, also when several processes start', async () => {
      const { db, platforms, context } = tenancy;
      await platforms.update(context('main'), { name: 'Kept' });
      await Promise.all(Array.from({ length: 4 }, () => ensurePlatforms(db.database, HOSTS, NOW)));
      const rows = await db.everything<{ code: string; name: string }>(
        'select code, name from core_platform order by code',
      );
      assert.deepEqual(
        rows.map(({ code }) => code),
        ['loyalty', 'main', 'oms', 'site-builder'],
      );
      assert.equal(rows[1]?.name, 'Kept');
    });

    it('refuses a host whose domain is another platform’s', async () => {
      const [host] = HOSTS;
      await assert.rejects(
        ensurePlatforms(tenancy.db.database, [{ ...host!, code: 'twin' }], NOW),
        /P601 .*'wizamart\.lu'.*platform 'main'/,
      );
    });
  });

  describe('Platforms', () => {
    const input = {
      code: 'books',
      name: 'Books',
      host: 'oms',
      domain: 'Books.LU',
      defaultLanguage: 'fr',
      languages: ['fr', 'lb'],
      theme: THEME_PRESETS.warm,
    } as const;

    it('creates one from an installed host, visible at once and audited', async () => {
      const { platforms, context, tenants } = tenancy;
      const made = await platforms.create(context('main'), { ...input, languages: ['fr', 'lb'] });
      assert.equal(made.domain, 'books.lu');
      assert.equal(tenants.platformByDomain('books.lu')?.id, made.id);
      assert.equal(tenants.platformByCode('books')?.theme.name, 'warm');
      assert.equal((await trail('core.platform.create')).length, 1);
    });

    it('refuses a taken code or domain, an unknown host, a default language that is not supported, unknown fields', async () => {
      const { platforms, context } = tenancy;
      const create = (change: object) =>
        platforms.create(context('main'), { ...input, languages: ['fr'], ...change });
      await assert.rejects(create({ domain: null }), /code exists/);
      await assert.rejects(create({ code: 'books2' }), /has this domain/);
      await assert.rejects(
        create({ code: 'books2', domain: null, host: 'nowhere' }),
        /not installed; choose one of main, oms/,
      );
      await assert.rejects(create({ code: 'books2', languages: ['en'] }), refusedField('defaultLanguage'));
      await assert.rejects(create({ code: 'admin' }), refusedField('code'));
      await assert.rejects(create({ code: 'books2', css: 'x' }), refusedField('css'));
      await assert.rejects(
        create({
          code: 'books2',
          theme: { ...THEME_PRESETS.warm, colors: { ...THEME_PRESETS.warm.colors, text: 'red' } },
        }),
        refusedField('theme.colors.text'),
      );
      assert.equal((await trail('core.platform.create')).length, 1, 'nothing half done');
    });

    it('updates what is named and keeps the rest', async () => {
      const { platforms, context, tenants } = tenancy;
      const before = await platforms.get(context('books'));
      const after = await platforms.update(context('books'), {
        languages: ['fr', 'de'],
        theme: THEME_PRESETS.night,
      });
      assert.deepEqual({ ...after, languages: before.languages, theme: before.theme }, before);
      assert.equal(tenants.platformByCode('books')?.theme.name, 'night');
      await assert.rejects(
        platforms.update(context('books'), { languages: ['de'] }),
        refusedField('defaultLanguage'),
      );
    });

    it('switches one off and on', async () => {
      const { platforms, context, tenants } = tenancy;
      await platforms.setActive(context('books'), false);
      assert.equal(tenants.platformByCode('books')?.isActive, false);
      await platforms.setActive(context('books'), true);
      assert.equal(tenants.platformByCode('books')?.isActive, true);
    });

    it('cannot be written by a session that is no administrator’s', async () => {
      const { platforms, context } = tenancy;
      const visitor = {
        ...context('books'),
        actor: { kind: 'anonymous' } as const,
        surface: 'platform' as const,
      };
      await assert.rejects(platforms.update(visitor, { name: 'Mine' }));
      assert.equal((await platforms.get(context('books'))).name, 'Books');
    });
  });

  describe('Merchants', () => {
    it('are created with their platform, listed there with tier and stores, and nowhere else', async () => {
      const { merchants, context, platform } = tenancy;
      const made = await merchants.create(
        context('loyalty'),
        { ...MERCHANT, displayName: 'Lister 100%' },
        'plus',
      );
      const [item] = (await merchants.list(context('loyalty'), { q: '100%' })).items;
      assert.deepEqual(
        { ...item },
        {
          id: made.id,
          displayName: 'Lister 100%',
          legalName: MERCHANT.legalName,
          country: 'LU',
          email: MERCHANT.email,
          createdAt: NOW,
          tierCode: 'plus',
          stores: 0,
          platformIds: [platform('loyalty').id],
        },
      );
      assert.equal(
        (await merchants.list(context('loyalty'), { q: '100_' })).total,
        0,
        'wildcards are letters',
      );
      assert.equal((await merchants.list(context('oms'), { q: 'lister' })).total, 0);
      assert.equal(
        (await merchants.list({ ...context(), platform: GLOBAL_PLATFORM }, { q: 'LISTER' })).total,
        1,
      );
    });

    it('are listed page by page', async () => {
      const { merchants, context, newMerchant } = tenancy;
      for (const name of ['Paged A', 'Paged B', 'Paged C']) await newMerchant(name, 'site-builder');
      const page = await merchants.list(context('site-builder'), { page: 2, perPage: 2, q: 'paged' });
      assert.deepEqual([page.items.map((item) => item.displayName), page.total], [['Paged C'], 3]);
    });

    it('change what is named; a wrong field changes nothing', async () => {
      const { merchants, context, newMerchant } = tenancy;
      const ctx = asMerchant(context(), await newMerchant('Edit'));
      const after = await merchants.update(ctx, { vatId: 'LU12345678', address: { city: 'Esch' } });
      assert.deepEqual([after.vatId, after.address.city, after.displayName], ['LU12345678', 'Esch', 'Edit']);
      assert.equal((await merchants.update(ctx, { vatId: null })).vatId, null);
      for (const [field, value] of [
        ['country', 'lu'],
        ['email', 'x'],
        ['vatId', '12'],
        ['displayName', ' '],
        ['owner', 1],
      ] as const) {
        await assert.rejects(merchants.update(ctx, { [field]: value }), refusedField(field));
      }
    });

    it('see only themselves', async () => {
      const { merchants, context, newMerchant, database } = tenancy;
      const ctx = asMerchant(context(), await newMerchant('Alone'));
      const rows = await database.unit(ctx, ({ tx }) => tx.query('select id from core_merchant'));
      assert.deepEqual(
        rows.map(({ id }) => id as string),
        [ctx.merchant.id],
      );
      await assert.rejects(merchants.get({ ...ctx, merchant: null }), { code: 'TENANT_MISSING' });
    });
  });

  describe('Stores', () => {
    it('open on a platform, whose client the merchant becomes', async () => {
      const { stores, context, newMerchant, tenants, platform } = tenancy;
      const merchant = await newMerchant('Opener', 'loyalty');
      const store = await stores.create(asMerchant(context('oms'), merchant), {
        code: 'opener',
        name: 'Opener',
        defaultLanguage: 'fr',
        languages: ['fr'],
        theme: THEME_PRESETS.classic,
      });
      assert.deepEqual([store.status, store.theme?.name], ['active', 'classic']);
      const found = await tenants.storeBySubdomain(platform('oms'), 'opener');
      assert.deepEqual([found?.id, found?.merchant, found?.tierCode], [store.id, merchant, null]);
      const list = await stores.list(context('oms'), { merchantId: merchant.id });
      assert.deepEqual(
        list.items.map(({ code, subdomain, merchantName }) => [code, subdomain, merchantName]),
        [['opener', 'opener', 'Opener']],
      );
      assert.equal((await stores.list(context('loyalty'), { merchantId: merchant.id })).total, 0);
    });

    it('refuse a taken code or subdomain, reserved words and wrong languages, and leave nothing behind', async () => {
      const { stores, context, newMerchant, db } = tenancy;
      const ctx = asMerchant(context(), await newMerchant('Refused'));
      const create = (change: object) =>
        stores.create(ctx, {
          code: 'refused',
          name: 'R',
          defaultLanguage: 'en',
          languages: ['en'],
          ...change,
        });
      await assert.rejects(
        create({ code: 'opener' }),
        (error) => error instanceof Conflict && /code exists/.test(error.message),
      );
      await assert.rejects(create({ subdomain: 'opener' }), /has this subdomain/);
      await assert.rejects(create({ code: 'login' }), refusedField('code'));
      await assert.rejects(create({ subdomain: 'www' }), refusedField('subdomain'));
      await assert.rejects(create({ languages: ['fr'] }), refusedField('defaultLanguage'));
      assert.equal((await db.everything("select 1 from core_store where code = 'refused'")).length, 0);
    });

    it('join a second platform, leave it and come back', async () => {
      const { stores, context, tenants, platform, newMerchant, newStore } = tenancy;
      const merchant = await newMerchant('Joiner');
      const { id } = await newStore('joiner', {}, merchant);
      const there = asMerchant(context('loyalty'), merchant);
      const active = async () =>
        (await tenants.storeByCode(platform('loyalty'), 'joiner'))?.isActiveOnPlatform;
      assert.equal(await active(), undefined);
      await stores.joinPlatform(there, id, 'joiner-loyal');
      await stores.joinPlatform(there, id);
      assert.equal(await active(), true);
      assert.equal(
        (await tenants.storeAnywhere('joiner'))?.platformId,
        platform('oms').id,
        'the first stays primary',
      );
      await stores.leavePlatform(there, id);
      assert.equal(await active(), false);
      await stores.joinPlatform(there, id);
      assert.equal(
        (await tenants.storeBySubdomain(platform('loyalty'), 'joiner-loyal'))?.isActiveOnPlatform,
        true,
      );
    });

    it('change their subdomain; the old one is free', async () => {
      const { stores, context, tenants, platform, newMerchant, newStore } = tenancy;
      const merchant = await newMerchant('Mover');
      const { id } = await newStore('mover', {}, merchant);
      const ctx = asMerchant(context(), merchant);
      await stores.setSubdomain(ctx, id, 'moved');
      assert.equal(await tenants.storeBySubdomain(platform('oms'), 'mover'), null);
      assert.equal((await tenants.storeBySubdomain(platform('oms'), 'moved'))?.id, id);
      await assert.rejects(stores.setSubdomain(ctx, id, 'opener'), Conflict);
      await assert.rejects(stores.setSubdomain(ctx, id, 'admin'), InvalidInput);
      await assert.rejects(stores.setSubdomain(asMerchant(context('loyalty'), merchant), id, 'x'), NotFound);
    });

    it('are out of reach for other merchants and for sibling stores', async () => {
      const { stores, context, newMerchant, newStore, inStore } = tenancy;
      const merchant = await newMerchant('Siblings');
      const first = await newStore('sibling-1', {}, merchant);
      const second = await newStore('sibling-2', {}, merchant);
      const stranger = asMerchant(context(), await newMerchant('Stranger'));
      await assert.rejects(stores.get(stranger, first.id), NotFound);
      await assert.rejects(stores.update(stranger, first.id, { name: 'Mine' }), NotFound);
      await assert.rejects(stores.get(inStore(second), first.id), NotFound);
      assert.equal((await stores.get(inStore(first), first.id)).code, 'sibling-1');
    });

    it('write every change down', async () => {
      const { stores, context, newMerchant, newStore } = tenancy;
      const merchant = await newMerchant('Audited');
      const { id } = await newStore('audited', {}, merchant);
      await stores.setStatus(asMerchant(context(), merchant), id, { status: 'suspended', reason: 'unpaid' });
      assert.deepEqual(await trail('core.store.suspend'), [
        { name: 'audited', from: { status: 'active' }, to: { status: 'suspended', reason: 'unpaid' } },
      ]);
    });
  });

  describe('Domains', () => {
    let store: StoreRecord;
    let number = 0;
    beforeEach(async () => {
      tenancy.tier.domains = true;
      store = await tenancy.newStore(`domain-${++number}`);
    });
    const activate = async (owner: StoreRecord, name: string) => {
      const { domains, names, inStore } = tenancy;
      const added = await domains.add(inStore(owner), name);
      const { name: record, value } = domainProof(added);
      names.records.set(record, ['other=1', value]);
      return domains.verify(inStore(owner), added.id);
    };

    it('are served once the token stands in a TXT record; the first is primary', async () => {
      const { domains, inStore, tenants } = tenancy;
      const added = await domains.add(inStore(store), ' Bäckerei.Example ');
      assert.deepEqual([added.domain, added.status], ['xn--bckerei-5wa.example', 'verifying']);
      assert.equal(await tenants.storeByDomain(added.domain), null);
      const failing = await domains.verify(inStore(store), added.id);
      assert.equal(failing.status, 'failing');
      assert.match(
        failing.failure ?? '',
        /no TXT record at _wizamart\.xn--bckerei-5wa\.example yet.*wizamart-[0-9a-f]{32}/,
      );
      tenancy.names.records.set(`_wizamart.${added.domain}`, [added.token]);
      const active = await domains.verify(inStore(store), added.id);
      assert.deepEqual([active.status, active.isPrimary, active.failure], ['active', true, null]);
      const found = await tenants.storeByDomain(added.domain);
      assert.deepEqual([found?.id, found?.primaryDomain], [store.id, added.domain]);
    });

    it('have one owner: who controls them first', async () => {
      const { domains, inStore, names, newStore } = tenancy;
      const rival = await newStore(`rival-${number}`);
      const waiting = await domains.add(inStore(rival), 'contested.example');
      await activate(store, 'contested.example');
      names.records.set('_wizamart.contested.example', [waiting.token]);
      await assert.rejects(
        domains.verify(inStore(rival), waiting.id),
        (error) => error instanceof Conflict && /another store/.test(error.message),
      );
      const [mine] = await domains.list(inStore(store));
      await domains.release(inStore(store), mine?.id ?? '');
      assert.equal((await domains.verify(inStore(rival), waiting.id)).status, 'active');
    });

    it('change the primary one, and find another when it is released', async () => {
      const { domains, inStore, tenants, platform } = tenancy;
      const primary = async () => (await tenants.storeById(platform('oms'), store.id))?.primaryDomain;
      const a = await activate(store, 'a-first.example');
      const b = await activate(store, 'b-second.example');
      assert.deepEqual([a.isPrimary, b.isPrimary, await primary()], [true, false, 'a-first.example']);
      await domains.makePrimary(inStore(store), b.id);
      assert.equal(await primary(), 'b-second.example');
      await domains.release(inStore(store), b.id);
      assert.equal(await primary(), 'a-first.example');
      assert.equal(await tenants.storeByDomain('b-second.example'), null);
      assert.deepEqual(
        (await domains.list(inStore(store))).map(({ domain }) => domain),
        ['a-first.example'],
      );
      await assert.rejects(domains.verify(inStore(store), b.id), NotFound);
      assert.equal(
        (await domains.add(inStore(store), 'b-second.example')).status,
        'verifying',
        'may be added anew',
      );
    });

    it('stop being served when the record is gone, not when a name server is silent', async () => {
      const { domains, inStore, names, tenants } = tenancy;
      const active = await activate(store, 'lost.example');
      names.records.set('_wizamart.lost.example', Object.assign(new Error('silent'), { code: 'ETIMEOUT' }));
      const still = await domains.verify(inStore(store), active.id);
      assert.deepEqual([still.status, still.isPrimary], ['active', true]);
      assert.match(still.failure ?? '', /did not answer/);
      names.records.set('_wizamart.lost.example', ['something else']);
      assert.equal((await domains.verify(inStore(store), active.id)).status, 'failing');
      assert.equal(await tenants.storeByDomain('lost.example'), null);
    });

    it('refuse what is no domain, ours, twice the same, or not in the tier', async () => {
      const { domains, inStore, tier } = tenancy;
      const ctx = inStore(store);
      for (const wrong of [
        '',
        'x',
        'https://a.example',
        'a.example/x',
        '127.0.0.1',
        'a.localhost',
        'a b.example',
        'a.example:80',
      ]) {
        await assert.rejects(domains.add(ctx, wrong), refusedField(''), wrong);
      }
      for (const ours of ['oms.lu', 'x.oms.lu', 'a.b.wizamart.lu'])
        await assert.rejects(domains.add(ctx, ours), /belongs to/);
      await domains.add(ctx, 'twice.example');
      await assert.rejects(domains.add(ctx, 'TWICE.example'), /has this domain already/);
      await assert.rejects(
        domains.makePrimary(ctx, (await domains.list(ctx))[0]?.id ?? ''),
        /Only an active domain/,
      );
      tier.domains = false;
      await assert.rejects(domains.add(ctx, 'lacking.example'), /not in the tier/);
    });

    it('are served 30 days more after the tier stopped including them', async () => {
      const { domains, inStore, tier, tenants } = tenancy;
      await activate(store, 'grace.example');
      const day = (days: number) => inStore(store, new Date(NOW.getTime() + days * 86_400_000));
      const served = async () => (await tenants.storeByDomain('grace.example')) !== null;
      const until = async () => (await domains.list(day(0)))[0]?.graceUntil?.toISOString().slice(0, 10);
      tier.domains = false;
      await domains.reconcile(day(0));
      assert.equal(await until(), '2026-12-20');
      await domains.reconcile(day(29));
      assert.equal(await served(), true);
      tier.domains = true;
      await domains.reconcile(day(29));
      assert.equal(await until(), undefined);
      tier.domains = false;
      await domains.reconcile(day(29));
      await domains.reconcile(day(58));
      assert.equal(await served(), true);
      await domains.reconcile(day(59));
      assert.equal(await served(), false);
    });

    it('of a store are not to be seen by another', async () => {
      const { domains, inStore, newStore } = tenancy;
      const active = await activate(store, `private-${number}.example`);
      const other = await newStore(`other-${number}`);
      assert.deepEqual(await domains.list(inStore(other)), []);
      await assert.rejects(domains.release(inStore(other), active.id), NotFound);
    });
  });
});
