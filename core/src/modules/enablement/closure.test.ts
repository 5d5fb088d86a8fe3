import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildGraph } from '../../kernel/graph.js';
import { anyGraph, plugin } from '../../kernel/kernel.fixture.js';
import { closeChange, closedUnderRequirements, type ModulesNow } from './closure.js';

const nodes = [
  { code: 'aa', needs: [] },
  { code: 'bb', needs: ['aa'] },
  { code: 'cc', needs: ['bb'] },
  { code: 'dd', needs: [] },
];
const now = (enabled: readonly string[], change: Partial<ModulesNow> = {}): ModulesNow => ({
  graph: buildGraph(nodes.map(({ code, needs }) => plugin(code, needs))),
  composed: new Set(nodes.map(({ code }) => code)),
  enabled: new Set(enabled),
  ...change,
});
const change = (enable: readonly string[], disable: readonly string[] = []) => ({ enable, disable });

describe('the closure of a change [module:core]', () => {
  it('brings what is required, and takes along what requires', () => {
    assert.deepEqual(closeChange(now([]), change(['cc'])).enable, ['aa', 'bb', 'cc']);
    assert.deepEqual(closeChange(now(['aa', 'bb', 'cc', 'dd']), change([], ['aa'])).disable, [
      'aa',
      'bb',
      'cc',
    ]);
  });

  it('leaves out what is as it should be already', () => {
    assert.deepEqual(closeChange(now(['aa']), change(['bb'], ['dd'])), {
      enable: ['bb'],
      disable: [],
      problems: [],
      result: new Set(['aa', 'bb']),
    });
  });

  it('tells of modules that are unknown, of the core, or wanted on and off', () => {
    assert.deepEqual(closeChange(now([]), change(['xx'])).problems, [{ kind: 'unknown', module: 'xx' }]);
    const graph = buildGraph([plugin('aa', [], { isCore: true })]);
    assert.deepEqual(
      closeChange(now(['aa'], { graph, composed: new Set(['aa']) }), change([], ['aa'])).problems,
      [{ kind: 'core', module: 'aa' }],
    );
    assert.deepEqual(
      closeChange(now(['aa', 'bb']), change(['cc'], ['aa'])).problems.map(({ kind }) => kind),
      ['contradiction', 'contradiction', 'contradiction'],
    );
  });

  it('tells of modules that cannot be on together, unless they are already', () => {
    const graph = buildGraph([plugin('aa', [], { conflicts: ['bb'] }), plugin('bb'), plugin('cc')]);
    assert.deepEqual(closeChange(now(['aa'], { graph }), change(['bb'])).problems, [
      { kind: 'conflict', module: 'aa', other: 'bb' },
    ]);
    assert.deepEqual(closeChange(now(['bb'], { graph }), change(['aa'])).problems, [
      { kind: 'conflict', module: 'aa', other: 'bb' },
    ]);
    assert.deepEqual(closeChange(now(['aa'], { graph }), change(['bb'], ['aa'])).problems, []);
    assert.deepEqual(closeChange(now(['aa', 'bb'], { graph }), change(['cc'])).problems, []);
  });

  const anything = anyGraph.chain((graph) => {
    const codes = graph.map(({ code }) => code);
    return fc.record({
      graph: fc.constant(graph),
      wanted: fc.subarray(codes),
      on: fc.subarray(codes),
      off: fc.subarray(codes),
    });
  });
  const modulesOf = (
    graph: readonly { code: string; needs: readonly string[] }[],
    wanted: readonly string[],
  ): ModulesNow => {
    const built = {
      graph: buildGraph(graph.map(({ code, needs }) => plugin(code, needs))),
      composed: new Set(graph.map(({ code }) => code)),
    };
    return { ...built, enabled: closedUnderRequirements(built, wanted) };
  };
  const isClosed = ({ graph }: ModulesNow, on: ReadonlySet<string>): boolean =>
    [...on].every((code) => [...graph.requirements(code)].every((needed) => on.has(needed)));

  it('leaves nothing on without what it requires, and names the whole of itself', () => {
    fc.assert(
      fc.property(anything, ({ graph, wanted, on, off }) => {
        const before = modulesOf(graph, wanted);
        assert.ok(isClosed(before, before.enabled));
        const closure = closeChange(before, { enable: on, disable: off });
        if (closure.problems.length > 0) return;
        assert.ok(isClosed(before, closure.result));
        for (const code of on) assert.ok(closure.result.has(code));
        for (const code of off) assert.ok(!closure.result.has(code));
        const again = closeChange(before, closure);
        assert.deepEqual(
          [again.enable, again.disable, again.result],
          [closure.enable, closure.disable, closure.result],
        );
        const after = closeChange({ ...before, enabled: closure.result }, closure);
        assert.deepEqual([after.enable, after.disable], [[], []]);
      }),
    );
  });

  it('touches no more than it must', () => {
    fc.assert(
      fc.property(anything, ({ graph, wanted, on, off }) => {
        const before = modulesOf(graph, wanted);
        const closure = closeChange(before, { enable: on, disable: off });
        if (closure.problems.length > 0) return;
        for (const code of closure.enable)
          assert.ok(on.some((asked) => asked === code || before.graph.requirements(asked).has(code)));
        for (const code of closure.disable)
          assert.ok(off.some((asked) => asked === code || before.graph.dependants(asked).has(code)));
      }),
    );
  });

  it('is undone by the opposite change, where nothing else stood on it', () => {
    fc.assert(
      fc.property(anything, ({ graph, wanted, on }) => {
        const before = modulesOf(graph, wanted);
        const there = closeChange(before, { enable: on, disable: [] });
        const back = closeChange({ ...before, enabled: there.result }, { enable: [], disable: there.enable });
        assert.deepEqual([...back.result].sort(), [...before.enabled].sort());
      }),
    );
  });
});
