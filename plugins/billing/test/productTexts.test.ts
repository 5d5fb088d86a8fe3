import assert from 'node:assert/strict';
import type { Language } from '@wizamart/core';
import { rootOf } from '@wizamart/core/testing';
import { productTextTable } from '../src/catalog/texts/productTextTable.js';
import type { ProductTexts } from '../src/catalog/texts/ProductTexts.js';
import type { BillingMails } from '../src/jobs/BillingMails.js';
import type { StripeInvoicing } from '../src/invoices/StripeInvoicing.js';
import { migrationData } from './migrationData.fixture.js';
import { payingIn } from './paying.fixture.js';
import { openBilling, type BillingWorld } from './subscriptions.fixture.js';

describe('names of products by language [module:billing] [surface:admin]', () => {
  let world: BillingWorld;
  let texts: ProductTexts;
  before(async () => {
    world = await openBilling();
    ({ productTexts: texts } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      productTexts: ProductTexts;
    });
  });
  after(() => world.close());

  const addOn = { kind: 'add_on', code: 'extra-products', name: 'Five more products' } as const;
  const tier = { kind: 'tier', code: 'professional', name: 'Professional' } as const;
  const speaking = (language: Language) => ({ ...world.on(), language });
  const offered = async (language: Language, code: string) =>
    (await world.catalogue.offers(speaking(language))).find((offer) => offer.code === code);
  const office = async (kind: 'page' | 'api') => {
    const user = await world.server.user({ adminOf: 'oms' });
    const root = rootOf({ surface: 'admin', kind, platform: world.server.platform('oms') });
    return world.server.signIn(user, { surface: 'admin', root });
  };

  it('are shown to who reads the language; others read the name that it is sold under', async () => {
    await texts.save(world.on(), addOn, {
      fr: { name: 'Cinq produits de plus', description: 'Pour grandir.' },
      lb: { name: 'Fënnef Produite méi' },
    });
    const [fr, lb, de] = await Promise.all(
      (['fr', 'lb', 'de'] as const).map((language) => offered(language, addOn.code)),
    );
    assert.deepEqual([fr?.name, fr?.description], ['Cinq produits de plus', 'Pour grandir.']);
    assert.deepEqual([lb?.name, lb?.description], ['Fënnef Produite méi', '']);
    assert.equal(de?.name, 'Five more products');
    assert.deepEqual(fr?.sold, { name: 'Five more products', description: '' });
  });

  it('belong to one platform', async () => {
    const other = { ...world.on('loyalty'), language: 'fr' as const };
    const [offer] = await world.catalogue.offers(other, { kind: 'add_on' });
    assert.equal(offer?.name, 'Five more products');
  });

  it('change no terms: no new version is sold', async () => {
    const before = (await world.catalogue.forSale(world.on(), 'tier', tier.code)).id;
    await texts.save(world.on(), tier, { de: { name: 'Profi' } });
    assert.equal((await world.catalogue.forSale(world.on(), 'tier', tier.code)).id, before);
  });

  it('stay with who bought under the old name, and are not those of the new one', async () => {
    const { onTrial } = payingIn(world);
    const merchant = await onTrial(tier.code);
    await texts.save(world.on(), tier, { de: { name: 'Profi' } });
    await world.server.parts.tierEditor.rename(world.on(), tier.code, 'Growth');
    const subscription = await world.subscriptionReader.current({ ...world.at(merchant), language: 'de' });
    const listed = await world.subscriptionLists.list({ ...speaking('de') }, { tier: tier.code });
    assert.equal(subscription.tier.name, 'Profi');
    assert.equal(listed.items[0]?.tierName, 'Profi');
    assert.equal((await offered('de', tier.code))?.name, 'Growth');
    await world.server.parts.tierEditor.rename(world.on(), tier.code, tier.name);
  });

  it('are written by administrators on a page, each change with its line in the trail', async () => {
    const client = await office('page');
    const path = '/subscription-tiers/add-ons/extra-feature/names';
    assert.match((await client.get(path)).expect(200).text, /name="texts\.lb\.name"/);
    const answer = await client.post(path, {
      form: { 'texts.de.name': 'Mehr', 'texts.de.description': 'Noch eine Funktion.', 'texts.fr.name': '' },
    });
    assert.equal(answer.expect(303).location?.endsWith('/subscription-tiers/add-ons/extra-feature'), true);
    assert.equal((await offered('de', 'extra-feature'))?.description, 'Noch eine Funktion.');
    assert.equal((await offered('fr', 'extra-feature'))?.name, 'Extra');
    const [row] = await world.server.database.everything<{ count: number }>(
      "select count(*)::int as count from core_audit_platform where action = 'billing.product.translated' and subject_id = 'extra-feature'",
    );
    assert.equal(row?.count, 1);
  });

  it('refuse a description without a name, and keep what was typed', async () => {
    const client = await office('page');
    const path = '/subscription-tiers/professional/names';
    const answer = await client.post(path, { form: { 'texts.fr.description': 'Pour aller plus loin' } });
    assert.match(answer.expect(422).text, /Pour aller plus loin/);
  });

  it('are read and written by the API, which refuses languages and fields that are not there', async () => {
    const client = await office('api');
    const json = { texts: { fr: { name: 'Pro', description: '' } } };
    (await client.put('/tiers/professional/texts', { json })).expect(200);
    const read = (await client.get('/tiers/professional/texts')).expect(200).json<object>();
    assert.deepEqual(read, { soldAs: { name: 'Professional', description: '' }, ...json });
    for (const texts of [{ it: { name: 'Pro' } }, { fr: { name: 'Pro', price: 1 } }, { fr: { name: '' } }])
      (await client.put('/tiers/professional/texts', { json: { texts } })).expect(422);
    (await client.get('/tiers/nobody/texts')).expect(404);
    const other = await world.server.user({ adminOf: 'loyalty' });
    const root = rootOf({ surface: 'admin', kind: 'api', platform: world.server.platform('oms') });
    const stranger = await world.server.signIn(other, { surface: 'admin', root });
    assert.notEqual((await stranger.put('/tiers/professional/texts', { json })).status, 200);
  });

  it('are the last writer’s, whole, when 50 write at the same time', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        texts.save(world.on(), addOn, {
          fr: { name: `F ${index}` },
          de: { name: `D ${index}` },
        }),
      ),
    );
    const { fr, de } = await texts.of(world.on(), addOn);
    assert.equal(fr?.name.slice(2), de?.name.slice(2));
  });

  it('stand on invoices in the language of the merchant', async () => {
    const { paying, charges } = payingIn(world);
    await texts.save(world.on(), tier, { fr: { name: 'Professionnel' } });
    const merchant = await paying(tier.code);
    await world.server.store({ merchant, platform: 'oms' });
    await world.server.database.everything(
      "update core_store set default_language = 'fr' where merchant_id = $1",
      [merchant.id],
    );
    const { stripeInvoicing } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      stripeInvoicing: StripeInvoicing;
    };
    const [charge] = await charges(merchant);
    await stripeInvoicing.look(world.at(merchant), charge?.id ?? assert.fail('nothing was charged'));
    const [invoice] = await world.server.database.everything<{ lines: { description: string }[] }>(
      "select lines from billing_invoice where merchant_id = $1 and issuer = 'provider'",
      [merchant.id],
    );
    assert.match(invoice?.lines[0]?.description ?? '', /^Professionnel, du 1 avril 2026 au 1 mai 2026$/);
  });

  it('and mails of jobs speak the language of the merchant’s first store', async () => {
    const merchant = await payingIn(world).onTrial();
    await world.server.store({ merchant, platform: 'oms' });
    await world.server.database.everything(
      "update core_store set default_language = 'fr' where merchant_id = $1",
      [merchant.id],
    );
    const { billingMails } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
      billingMails: BillingMails;
    };
    await world.server.parts.database.unit({ ...world.at(merchant), language: 'en' }, (inside) =>
      billingMails.send(inside, 'trial-over', { endedAt: inside.now, outcome: 'expire' }),
    );
    const [mail] = await world.server.database.everything<{ language: string; text: string }>(
      `select payload -> 'payload' ->> 'language' as language, payload -> 'payload' ->> 'text' as text
       from graphile_worker._private_jobs where payload -> 'payload' ->> 'subject' is not null order by id desc limit 1`,
    );
    assert.equal(mail?.language, 'fr');
    assert.match(mail?.text ?? '', /Bonjour/);
  });

  it('are there in all languages for what platforms sold before there were any', async () => {
    await world.catalogue.saveAddOn(world.on(), {
      code: 'extra-team',
      name: 'One more team member',
      currency: 'EUR',
      monthlyMinor: 700,
      yearlyMinor: null,
    });
    await world.catalogue.saveAddOn(world.on(), {
      code: 'domain',
      name: 'A domain, renamed by hand',
      currency: 'EUR',
      monthlyMinor: 500,
      yearlyMinor: null,
    });
    for (const statement of migrationData(productTextTable))
      await world.server.database.everything(statement);
    const names = await Promise.all(
      (['en', 'fr', 'de', 'lb'] as const).map(
        async (language) => (await offered(language, 'extra-team'))?.name,
      ),
    );
    assert.deepEqual(names, [
      'One more team member',
      'Un membre d’équipe de plus',
      'Ein weiteres Teammitglied',
      'Ee Member vum Team méi',
    ]);
    assert.equal((await offered('de', 'domain'))?.name, 'A domain, renamed by hand');
  });
});
