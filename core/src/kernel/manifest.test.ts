import assert from 'node:assert/strict';
import { z } from 'zod';
import { testHost } from '../testing/testHost.js';
import { defineHost } from './host.js';
import { definePlugin } from './plugin.js';
import { PluginError } from './pluginError.js';
import { defineService } from './service.js';

const fine = { code: 'shop', name: 'Shop', description: 'Sells.' } as const;
const make = (change: Readonly<Record<string, unknown>>) => () =>
  definePlugin({ ...fine, ...change } as never);
const refuses = (work: () => unknown, code: string, ...words: readonly RegExp[]): void => {
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof PluginError, String(error));
    assert.equal(error.code, code);
    for (const word of words) assert.match(error.message, word);
    return true;
  });
};

describe('definePlugin [module:core]', () => {
  it('fills in what was left out, and freezes the result', () => {
    const plugin = definePlugin(fine);
    assert.deepEqual(
      [plugin.isCore, plugin.requires, plugin.menu, plugin.version, plugin.group],
      [false, {}, [], '0.1.0', 'operations'],
    );
    assert.ok(Object.isFrozen(plugin));
  });

  it('refuses unknown keys, saying whose, which, and which are known', () => {
    refuses(
      make({ colour: 'red' }),
      'P100',
      /plugin 'shop' is not valid/,
      /unknown key 'colour'/,
      /known keys are code, name/,
    );
    refuses(
      make({
        menu: [
          {
            code: 'a',
            surface: 'store',
            label: 'a',
            path: '/a',
            section: 'a',
            order: 1,
            icon: 'a',
            colour: 'red',
          },
        ],
      }),
      'P100',
      /unknown key 'colour' in 'menu\.0'/,
    );
  });

  it('names every mistake of a manifest at once', () => {
    refuses(
      make({ name: '', features: [{ code: 'Bad-Code', name: 'x' }], settings: {} }),
      'P100',
      /mend 'name'/,
      /mend 'features\.0\.code'.*snake_case/,
      /mend 'settings'.*zod object/,
    );
  });

  it('refuses codes that cannot stand in an address, and says (no code) where there is none', () => {
    for (const code of ['Shop', '1shop', 's', 'a_b'])
      refuses(make({ code }), 'P100', new RegExp(`plugin '${code}' is not valid: mend 'code'`));
    refuses(make({ code: undefined }), 'P100', /plugin '\(no code\)'/);
  });

  it('refuses permissions and services that bear the name of another plugin', () => {
    refuses(
      make({ permissions: { 'orders.page.view': { audience: 'store', label: 'x' } } }),
      'P103',
      /'orders\.page\.view'/,
      /start its name with 'shop\.'/,
    );
    refuses(
      make({
        provides: { stock: defineService()('orders.stock', { major: 1 }) },
        services: { stock: () => ({}) },
      }),
      'P104',
      /'orders\.stock'/,
    );
  });

  it('refuses to provide what no service makes', () => {
    refuses(
      make({ provides: { stock: defineService()('shop.stock', { major: 1 }) } }),
      'P401',
      /provides 'stock' but makes no service/,
    );
  });

  it('takes classes and factories as services alike', () => {
    class Desk {
      constructor(readonly deps: object) {}
    }
    const { services } = definePlugin({ ...fine, services: { desk: Desk, drawer: () => ({ open: true }) } });
    assert.ok(services['desk']?.({}) instanceof Desk);
    assert.deepEqual(services['drawer']?.({}), { open: true });
  });

  it('refuses service ids that do not say plugin.service', () => {
    for (const id of ['stock', 'Shop.stock', 'shop.Stock', 'shop.a.b'])
      assert.throws(() => defineService()(id, { major: 1 }), /must read plugin\.service/);
  });

  it('takes schemas for settings', () => {
    assert.ok(definePlugin({ ...fine, settings: z.object({ most: z.number().default(3) }) }).settings);
  });
});

describe('defineHost [module:core]', () => {
  const plugin = definePlugin(fine);
  const host = (change: Readonly<Record<string, unknown>>) => () =>
    defineHost({
      code: 'h1',
      name: 'H',
      domain: 'h1.lu',
      plugins: [plugin],
      modules: { on: [] },
      theme: {},
      ...change,
    } as never);

  it('fills in languages, tiers and the failure policy', () => {
    const { languages, tiers, defaultTier, onBootFailure } = testHost({ plugins: [plugin] });
    assert.deepEqual([languages.default, tiers, defaultTier, onBootFailure], ['en', [], undefined, 'abort']);
  });

  it('refuses unknown keys and unfit domains', () => {
    refuses(host({ colour: 'red' }), 'P110', /host 'h1' is not valid/, /unknown key 'colour'/);
    refuses(host({ domain: 'https://h1.lu' }), 'P110', /mend 'domain'.*host name/);
  });

  it('refuses to turn on what it does not compose', () => {
    refuses(
      host({ modules: { on: ['orders'] } }),
      'P111',
      /turns on the module 'orders', which it does not compose/,
    );
  });

  it('refuses to start with two modules on that cannot be on together, and says what to take out', () => {
    const rival = (code: string, conflicts: readonly string[] = []) =>
      definePlugin({ ...fine, code, conflicts } as never);
    const rivals = [rival('paypal', ['stripe']), rival('stripe')];
    const both = (on: readonly string[]) => host({ plugins: rivals, modules: { on } });
    refuses(both(['stripe', 'paypal']), 'P113', /'paypal' and 'stripe', which cannot be on together/);
    refuses(both(['stripe', 'paypal']), 'P113', /take 'paypal' or 'stripe' out of modules\.on/);
    assert.doesNotThrow(both(['paypal']));
  });

  it('refuses a default tier that it does not have', () => {
    refuses(
      host({ defaultTier: 'gold', tiers: [{ code: 'silver', name: 'Silver', features: [], limits: {} }] }),
      'P112',
      /default tier 'gold'/,
    );
  });
});
