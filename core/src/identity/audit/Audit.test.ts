import assert from 'node:assert/strict';
import { TenantMissing } from '../../errors/common.js';
import type { Actor, TenantContext } from '../../kernel/context.js';
import { openIdentity, type IdentityWorld } from '../identity.fixture.js';
import { superAdminPermissions } from '../permissions.js';
import { Audit } from './Audit.js';
import type { AuditRecord } from './AuditEntry.js';

describe('Audit [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity();
  });
  after(() => world.close());

  const record = (ctx: TenantContext, over: Partial<AuditRecord> = {}) =>
    world.database.unit(ctx, (inside) =>
      world.audit.record(inside, {
        action: 'cms.page.publish',
        subject: { type: 'page', id: 'p1', name: 'Home' },
        ...over,
      }),
    );
  const actor = (email: string): Actor => ({
    kind: 'user',
    userId: '00000000-0000-7000-8000-000000000001',
    email,
    name: 'Ann',
    audience: 'admin',
    isSuperAdmin: true,
    permissions: superAdminPermissions(new Map()),
    sessionId: 's',
  });

  it('keeps who did what to what, from what to what, with secrets masked', async () => {
    const ctx = world.context({ actor: actor('ann@example.org'), surface: 'admin', platform: world.loyalty });
    await record(ctx, { from: { title: 'Old' }, to: { title: 'New', apiKey: 'k' } });
    const {
      items: [entry],
      total,
    } = await world.audit.list(ctx);
    assert.equal(total, 1);
    assert.ok(entry);
    const { id, ...rest } = entry;
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      occurredAt: world.clock.now(),
      actor: { kind: 'user', id: '00000000-0000-7000-8000-000000000001', name: 'ann@example.org' },
      action: 'cms.page.publish',
      subject: { type: 'page', id: 'p1', name: 'Home' },
      from: { title: 'Old' },
      to: { title: 'New', apiKey: '•••' },
      impersonator: null,
      requestId: 'request-1',
      platformId: world.loyalty.id,
      merchantId: null,
      storeId: null,
    });
  });

  it('falls with the change it belongs to, and needs its transaction', async () => {
    const ctx = world.context();
    await assert.rejects(
      world.database.unit(ctx, async (inside) => {
        await world.audit.record(inside, { action: 'core.undone', subject: { type: 'x', id: '1' } });
        throw new Error('the change failed');
      }),
      /the change failed/,
    );
    assert.equal((await world.audit.list(ctx, { action: 'core.undone' })).total, 0);
    await assert.rejects(
      world.audit.record(ctx, { action: 'x', subject: { type: 'x', id: '1' } }),
      TenantMissing,
    );
  });

  it('refuses an action that no module has a sentence for, and its change with it', async () => {
    const { database } = world;
    const audit = new Audit({ database, actions: new Map([['cms', ['cms.page.published']]]) });
    const write = (action: string, by = audit) =>
      database.unit(world.context(), (inside) =>
        by.record(inside, { action, subject: { type: 'page', id: 'p' } }),
      );
    await write('cms.page.published');
    await assert.rejects(
      write('cms.page.pubished'),
      /no sentence for 'cms.page.pubished'.*cms.audited.page.pubished/,
    );
    assert.equal((await audit.list(world.context(), { action: 'cms.page.pubished' })).total, 0);
    // Where pages are served, a missing sentence is reported and the line written.
    const told: string[] = [];
    const lenient = new Audit({ database, actions: new Map(), report: (problem) => told.push(problem) });
    await write('cms.page.moved', lenient);
    assert.equal(told.length, 1);
    assert.equal((await audit.list(world.context(), { action: 'cms.page.moved' })).total, 1);
  });

  it('shows each merchant, store and platform its own lines', async () => {
    const acme = world.context({ merchant: world.acme }),
      techpro = world.context({ merchant: world.techpro });
    const shop = world.context({ merchant: world.acme, store: world.acmeShop }),
      esch = world.context({ merchant: world.acme, store: world.acmeEsch });
    await record(acme, { action: 'own.acme' });
    await record(shop, { action: 'own.shop' });
    await record(esch, { action: 'own.esch' });
    await record(techpro, { action: 'own.techpro' });
    await record(world.context({ platform: world.oms }), { action: 'own.oms' });
    const actions = async (ctx: TenantContext) =>
      (await world.audit.list(ctx, { q: 'OWN.' })).items.map((entry) => entry.action);
    const check = async () => {
      assert.deepEqual(await actions(acme), ['own.esch', 'own.shop', 'own.acme']);
      assert.deepEqual(await actions(shop), ['own.shop']);
      assert.deepEqual(await actions(techpro), ['own.techpro']);
      assert.deepEqual(await actions(world.context({ merchant: world.acme, platform: world.loyalty })), []);
      assert.deepEqual(await actions(world.context({ platform: world.oms })), ['own.oms']);
      assert.deepEqual(await actions(world.context({ platform: world.loyalty })), []);
    };
    await check();
    // The WHERE alone holds too.
    await world.db.withoutRowSecurity(check);
  });

  it('shows super admins all lines at once', async () => {
    const ctx = world.context({ actor: actor('root@example.org'), surface: 'admin', platform: world.global });
    await record(world.context({ merchant: world.techpro }), { action: 'across.a' });
    await record(world.context({ platform: world.loyalty }), { action: 'across.b' });
    assert.deepEqual(
      (await world.audit.listAcross(ctx, { q: 'across.' })).items.map((entry) => entry.action),
      ['across.b', 'across.a'],
    );
  });

  it('takes lines from above all platforms', async () => {
    const ctx = world.context({ actor: actor('root@example.org'), surface: 'admin', platform: world.global });
    await record(ctx, { action: 'core.platform.create' });
    assert.equal((await world.audit.list(ctx, { action: 'core.platform.create' })).total, 1);
  });

  it('filters and pages, newest first', async () => {
    const ctx = world.context({ merchant: world.techpro, actor: { kind: 'system', name: 'paging' } });
    for (let i = 1; i <= 25; i += 1) {
      await record(
        { ...ctx, now: world.clock.now() },
        { action: `page.${i}`, subject: { type: i % 2 ? 'odd' : 'even', id: String(i) } },
      );
      world.clock.pass(60);
    }
    const list = async (filter: Parameters<typeof world.audit.list>[1]) => {
      const { items, total } = await world.audit.list(ctx, { q: 'page.', ...filter });
      return { ids: items.map((entry) => Number(entry.subject.id)), total };
    };
    assert.deepEqual(await list({ page: 2, perPage: 10 }), {
      ids: [15, 14, 13, 12, 11, 10, 9, 8, 7, 6],
      total: 25,
    });
    assert.deepEqual(await list({ subjectType: 'odd', perPage: 3 }), { ids: [25, 23, 21], total: 13 });
    assert.deepEqual(await list({ subjectId: '7' }), { ids: [7], total: 1 });
    const middle = new Date(world.clock.ms - 10 * 60_000);
    assert.deepEqual(await list({ since: middle, perPage: 100 }), {
      ids: [25, 24, 23, 22, 21, 20, 19, 18, 17, 16],
      total: 10,
    });
    assert.equal((await list({ until: middle })).total, 15);
    assert.equal((await list({ q: '100%_' })).total, 0);
    assert.deepEqual(await list({ page: 9 }), { ids: [], total: 25 });
  });

  for (const table of ['core_audit_platform', 'core_audit_merchant']) {
    it(`refuses to change or delete lines of ${table}: no rights, and a trigger for those who have them`, async () => {
      const ctx = world.context({ merchant: world.acme });
      await record(ctx);
      await record(world.context());
      for (const sql of [
        `update ${table} set action = 'forged'`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await assert.rejects(
          world.database.unit(ctx, ({ tx }) => tx.query(sql)),
          /permission denied/,
          sql,
        );
        await assert.rejects(
          world.database.system((tx) => tx.query(sql)),
          /permission denied/,
          sql,
        );
        await assert.rejects(world.db.owner(sql), /is append-only/, sql);
      }
    });
  }
});
