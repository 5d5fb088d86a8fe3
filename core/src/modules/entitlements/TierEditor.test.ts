import assert from 'node:assert/strict';
import { Audit } from '../../identity/audit/Audit.js';
import { openEntitlements, type EntitlementsWorld } from './entitlements.fixture.js';
import { fingerprintOf, TierEditor } from './TierEditor.js';

describe('TierEditor [module:core]', () => {
  let world: EntitlementsWorld;
  let editor: TierEditor;
  before(async () => {
    world = await openEntitlements();
    const { database, store } = world;
    editor = new TierEditor({ database, store, audit: new Audit({ database }) });
  });
  after(() => world.close());

  const ctx = () => world.context({ platform: world.oms });
  const tiers = () => world.tiers.list(ctx());
  const codes = async () => (await tiers()).map(({ code }) => code);

  it('adds a tier above the others, like another, and refuses a code that is there', async () => {
    await editor.create(ctx(), { code: 'gold', name: 'Gold', like: 'plus' });
    const [, plus, gold] = await tiers();
    assert.deepEqual([...(gold?.features ?? [])], [...(plus?.features ?? [])]);
    await assert.rejects(editor.create(ctx(), { code: 'gold', name: 'Again' }), /TIER_EXISTS/);
    await assert.rejects(editor.create(ctx(), { code: 'x', name: 'X', like: 'nowhere' }), /TIER_NOT_FOUND/);
  });

  it('orders tiers, also those that share a position, and stops at the ends', async () => {
    await editor.move(ctx(), 'gold', 'down');
    assert.deepEqual(await codes(), ['basic', 'gold', 'plus']);
    await editor.move(ctx(), 'basic', 'down');
    assert.deepEqual(await codes(), ['basic', 'gold', 'plus']);
    await editor.move(ctx(), 'gold', 'up');
    assert.deepEqual(await codes(), ['basic', 'plus', 'gold']);
  });

  it('gives merchants without a tier the default, which cannot be archived or deleted', async () => {
    const inside = world.context({ platform: world.oms, merchant: world.acme });
    await world.tiers.assign(ctx(), world.acme, null);
    assert.equal(await world.entitlements.limit(inside, 'cms_pages'), null);
    await editor.makeDefault(ctx(), 'basic');
    assert.equal(await world.entitlements.limit(inside, 'cms_pages'), 3);
    await assert.rejects(editor.archive(ctx(), 'basic'), /TIER_IN_USE/);
    await assert.rejects(editor.remove(ctx(), 'basic'), /TIER_IN_USE.*default/s);
    await editor.makeDefault(ctx(), null);
    assert.equal(await world.entitlements.limit(inside, 'cms_pages'), null);
  });

  it('archives: who has it keeps it, nobody else gets it, and it is no upgrade', async () => {
    await world.tiers.assign(ctx(), world.acme, 'basic');
    await editor.archive(ctx(), 'basic');
    await world.tiers.assign(ctx(), world.acme, 'basic');
    const inside = world.context({ platform: world.oms, merchant: world.acme });
    assert.equal(await world.entitlements.limit(inside, 'cms_pages'), 3);
    await world.tiers.assign(ctx(), world.acme, 'plus');
    await assert.rejects(world.tiers.assign(ctx(), world.acme, 'basic'), /TIER_ARCHIVED/);
    await editor.restore(ctx(), 'basic');
  });

  it('says how many merchants have the tier that is to go', async () => {
    await world.tiers.assign(ctx(), world.acme, 'plus');
    await assert.rejects(editor.remove(ctx(), 'plus'), /One merchant has the tier 'plus'/);
  });

  it('never leaves a merchant with a tier that was deleted meanwhile', async () => {
    for (let round = 0; round < 10; round++) {
      await editor.create(ctx(), { code: 'brief', name: 'Brief' });
      const [assigned, removed] = await Promise.allSettled([
        world.tiers.assign(ctx(), world.acme, 'brief'),
        editor.remove(ctx(), 'brief'),
      ]);
      assert.notEqual(assigned.status, removed.status, 'exactly one of the two');
      const { tierCode } = await world.tiers.holding({ ...ctx(), tx: null }, world.acme);
      assert.equal(tierCode === 'brief', assigned.status === 'fulfilled');
      await world.tiers.assign(ctx(), world.acme, 'plus');
      if (assigned.status === 'fulfilled') await editor.remove(ctx(), 'brief');
    }
  });

  it('saves the matrix once of many at the same time, and tells the others', async () => {
    const fingerprint = fingerprintOf(await tiers());
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        editor.saveMatrix(ctx(), {
          fingerprint,
          changes: [{ code: 'basic', features: { cms_seo: true }, limits: { cms_pages: 100 + index } }],
        }),
      ),
    );
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.match(String(result.reason), /TIERS_CHANGED/);
  });

  it('changes nothing of a matrix with one tier that is not there, and writes what came and went', async () => {
    const before = await tiers();
    const fingerprint = fingerprintOf(before);
    const good = { code: 'basic', features: { cms_seo: false }, limits: { cms_pages: null } };
    await assert.rejects(
      editor.saveMatrix(ctx(), {
        fingerprint,
        changes: [good, { code: 'nowhere', features: {}, limits: {} }],
      }),
      /TIER_NOT_FOUND/,
    );
    assert.deepEqual(await tiers(), before);
    assert.deepEqual(await editor.saveMatrix(ctx(), { fingerprint, changes: [good] }), ['basic']);
    assert.equal((await tiers())[0]?.limits['cms_pages'], undefined);
    const [row] = await world.db.everything<{ from: object; to: object }>(
      "select change_from as from, change_to as to from core_audit_platform where action = 'core.tier.saved' order by id desc limit 1",
    );
    assert.deepEqual((row?.from as { features: string[] }).features, ['cms_seo']);
    assert.deepEqual((row?.to as { limits: object }).limits, { cms_pages: null });
  });

  it('lets only administrators change tiers, whatever the code says', async () => {
    const member = world.inStore('basic', {
      actor: { ...world.context().actor, kind: 'user', audience: 'store' } as never,
    });
    await editor
      .create({ ...member, merchant: null, store: null } as never, { code: 'mine', name: 'Mine' })
      .then(
        () => assert.fail('a member made a tier'),
        (error: unknown) => assert.match(String(error), /row-level security|uuid|user id/),
      );
  });
});
