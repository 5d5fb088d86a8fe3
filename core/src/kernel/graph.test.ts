import assert from 'node:assert/strict';
import fc from 'fast-check';
import { collectPlugins } from '../server/collectPlugins.js';
import { checkHosts } from '../server/checkHosts.js';
import { testHost } from '../testing/testHost.js';
import { buildGraph } from './graph.js';
import { anyGraph, plugin, tokenOf } from './kernel.fixture.js';

describe('the graph of plugins [module:core]', () => {
  it('puts what is needed first, and what is equal in the order of the codes', () => {
    assert.deepEqual(buildGraph([plugin('zoo'), plugin('cat', ['zoo']), plugin('bee')]).order, [
      'bee',
      'zoo',
      'cat',
    ]);
  });

  it('puts optional plugins first where they are there, and does without them where they are not', () => {
    const cat = plugin('cat', [], { optional: { zoo: tokenOf('zoo') } });
    assert.deepEqual(buildGraph([cat, plugin('zoo')]).order, ['zoo', 'cat']);
    assert.deepEqual(buildGraph([cat]).order, ['cat']);
  });

  it('refuses a plugin that is there twice, and a service that two provide', () => {
    assert.throws(() => buildGraph([plugin('cat'), plugin('cat')]), /P101 plugin 'cat' is there twice/);
    const thief = { ...plugin('thief'), provides: { main: tokenOf('cat') } };
    assert.throws(
      () => buildGraph([plugin('cat'), thief]),
      /P102 service 'cat\.main' is provided by 'cat' and by 'thief'/,
    );
  });

  it('says which service is missing and where it belongs', () => {
    const loyalty = plugin('loyalty', [], { requires: { accounts: { id: 'customers.accounts', major: 1 } } });
    assert.throws(() => buildGraph([loyalty]), {
      message:
        "P201 plugin 'loyalty' requires 'customers.accounts': add the plugin that provides it to the host",
    });
  });

  it('does not let one host stand on the plugins of another', () => {
    const hosts = [
      testHost({ code: 'full', plugins: [plugin('zoo'), plugin('cat', ['zoo'])] }),
      testHost({ code: 'poor', plugins: [plugin('cat', ['zoo'])] }),
    ];
    checkHosts([hosts[0]!], []);
    assert.throws(() => {
      checkHosts(hosts, []);
    }, /P201 plugin 'cat' requires 'zoo\.main': add the plugin that provides it to the host \(host 'poor'\)/);
  });

  it('refuses another major version, and says which side to upgrade', () => {
    const needs = (major: number) => plugin('cat', [], { requires: { zoo: tokenOf('zoo', major) } });
    assert.throws(
      () => buildGraph([plugin('zoo'), needs(2)]),
      /P202 plugin 'cat' needs 'zoo\.main' in major version 2, but 'zoo' provides 1: upgrade 'zoo'/,
    );
    const newer = plugin('zoo', [], { provides: { main: tokenOf('zoo', 3) } });
    assert.throws(() => buildGraph([newer, needs(2)]), /provides 3: upgrade 'cat'/);
  });

  it('shows the path of a circle and how to break it', () => {
    const circle = [plugin('ant', ['bee']), plugin('bee', ['cat']), plugin('cat', ['ant'])];
    assert.throws(
      () => buildGraph(circle),
      /P301 plugins require each other in a circle: ant → bee → cat → ant: turn one of these requirements round/,
    );
    const soft = [plugin('ant', ['bee']), plugin('bee', [], { optional: { ant: tokenOf('ant') } })];
    assert.throws(() => buildGraph(soft), /ant → bee → ant: 'bee' needs 'ant' only optionally/);
  });

  it('keeps every need before its dependant, whatever the graph and the order it is given in', () => {
    fc.assert(
      fc.property(anyGraph, fc.infiniteStream(fc.nat()), (nodes, dice) => {
        const shuffled = nodes
          .map((node) => ({ node, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ node }) => plugin(node.code, node.needs));
        const { order, requirements, dependants } = buildGraph(shuffled);
        assert.deepEqual([...order].sort(), nodes.map(({ code }) => code).sort());
        assert.deepEqual(order, buildGraph(nodes.map(({ code, needs }) => plugin(code, needs))).order);
        for (const { code, needs } of nodes) {
          for (const need of needs) assert.ok(order.indexOf(need) < order.indexOf(code));
          for (const need of requirements(code)) assert.ok(dependants(need).has(code));
          assert.ok(!requirements(code).has(code));
        }
      }),
    );
  });
});

describe('the plugins of several hosts [module:core]', () => {
  const zoo = plugin('zoo');

  it('are taken once each', () => {
    assert.deepEqual(
      collectPlugins([
        testHost({ code: 'a1', plugins: [zoo] }),
        testHost({ code: 'b1', plugins: [zoo, plugin('cat')] }),
      ]).map(({ code }) => code),
      ['zoo', 'cat'],
    );
  });

  it('are refused when two of one code differ, hosts when two have one code', () => {
    assert.throws(
      () =>
        collectPlugins([
          testHost({ code: 'a1', plugins: [zoo] }),
          testHost({ code: 'b1', plugins: [plugin('zoo')] }),
        ]),
      /P105 .*'a1' and 'b1' bring two different plugins 'zoo'/,
    );
    assert.throws(
      () => collectPlugins([testHost({ code: 'a1' }), testHost({ code: 'a1' })]),
      /P106 the host 'a1' is there twice/,
    );
  });

  it('are refused when two declare one feature or limit', () => {
    const having = (code: string, what: 'features' | 'limits') =>
      plugin(code, [], {
        [what]: [{ code: 'pets', name: 'Pets', ...(what === 'limits' ? { per: 'store' } : {}) }],
      });
    for (const what of ['features', 'limits'] as const) {
      assert.throws(
        () => collectPlugins([testHost({ plugins: [having('zoo', what), having('cat', what)] })]),
        /P107 the (feature|limit) 'pets' is declared by 'zoo' and by 'cat'/,
      );
    }
  });
});
