import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bootKernel, formatBootTree, type Kernel } from './boot.js';
import { anyGraph, plugin, tokenOf } from './kernel.fixture.js';

const fails = (): never => {
  throw new Error('broken on purpose');
};
const states = ({ report }: Kernel): Record<string, string> =>
  Object.fromEntries(report.map(({ code, state }) => [code, state]));

describe('booting plugins [module:core]', () => {
  it('makes each service once, after those it needs, and hands out only what was declared', () => {
    const made: string[] = [];
    const zoo = plugin('zoo', [], {
      services: {
        main: () => {
          made.push('zoo');
          return { animals: 3 };
        },
        secret: () => ({}),
      },
    });
    const cat = plugin('cat', ['zoo'], {
      services: {
        main: ({ zoo: it }: { zoo: { animals: number } }) => {
          made.push('cat');
          return { sees: it.animals };
        },
      },
    });
    const { container } = bootKernel({ plugins: [cat, zoo] });
    assert.deepEqual(made, ['zoo', 'cat']);
    assert.deepEqual(container.service('cat.main'), { sees: 3 });
    assert.deepEqual(Object.keys(container.wiringOf('cat')).sort(), ['main', 'zoo']);
    assert.equal(container.wiringOf('cat')['zoo'], container.service('zoo.main'));
  });

  it('fails when a service asks for what the plugin did not declare', () => {
    class Greedy {
      readonly size: number;
      constructor({ zoo }: { zoo: { size: number } }) {
        this.size = zoo.size;
      }
    }
    assert.throws(
      () => bootKernel({ plugins: [plugin('zoo'), plugin('cat', [], { services: { main: Greedy } })] }),
      /P403 service 'cat\.main' of plugin 'cat' could not be made .*: mend its constructor/,
    );
  });

  it('fails when services of one plugin need each other in a circle', () => {
    const services = {
      main: ({ other }: { other: object }) => ({ other: String(other) }),
      other: ({ main }: { main: object }) => ({ main: String(main) }),
    };
    assert.throws(() => bootKernel({ plugins: [plugin('cat', [], { services })] }), /P403 .*[Cc]yclic/);
  });

  it('fails when one name stands for two services', () => {
    assert.throws(
      () =>
        bootKernel({ plugins: [plugin('zoo'), plugin('cat', [], { requires: { main: tokenOf('zoo') } })] }),
      /P402 plugin 'cat' uses the name 'main' for two services/,
    );
  });

  it('answers for optional services from the request’s snapshot', () => {
    const { container } = bootKernel({
      plugins: [
        plugin('zoo'),
        plugin('cat', [], { optional: { zoo: tokenOf('zoo'), gone: tokenOf('gone') } }),
      ],
    });
    const { zoo, gone } = container.wiringOf('cat') as Record<string, (ctx: unknown) => object | undefined>;
    const ctx = (isOn: boolean) => ({ snapshot: { isOn: () => isOn } });
    assert.deepEqual(zoo?.(ctx(true)), { code: 'zoo' });
    assert.equal(zoo?.(ctx(false)), undefined);
    assert.equal(gone?.(ctx(true)), undefined);
  });
});

describe('plugins that fail [module:core]', () => {
  const broken = { services: { main: fails } };

  it('stop everything by default', () => {
    assert.throws(() => bootKernel({ plugins: [plugin('zoo', [], broken)] }), /broken on purpose/);
  });

  it('block those that need them, and nobody else, when the host degrades', async () => {
    const kernel = bootKernel({
      onBootFailure: 'degrade',
      plugins: [plugin('zoo', [], broken), plugin('cat', ['zoo']), plugin('kitten', ['cat']), plugin('ant')],
    });
    assert.deepEqual(states(kernel), { ant: 'ready', zoo: 'failed', cat: 'blocked', kitten: 'blocked' });
    assert.equal(
      kernel.report.find(({ code }) => code === 'kitten')?.reason,
      "blocked because 'cat' did not come up",
    );
    assert.deepEqual(
      kernel.ready.map(({ code }) => code),
      ['ant'],
    );
    await kernel.start();
    assert.deepEqual(await kernel.stop(), []);
  });

  it('always stop everything when they belong to the core', () => {
    assert.throws(
      () =>
        bootKernel({ onBootFailure: 'degrade', plugins: [plugin('zoo', [], { ...broken, isCore: true })] }),
      /broken on purpose/,
    );
  });

  it('say at start who did not start', async () => {
    const kernel = bootKernel({ plugins: [plugin('zoo', [], { start: fails })] });
    await assert.rejects(
      kernel.start(),
      /P404 plugin 'zoo' did not start \(broken on purpose\): mend its start function/,
    );
  });

  it('block their dependants at start too; what started is stopped, what did not is not', async () => {
    const calls: string[] = [];
    const noted = (code: string, needs: string[] = [], change = {}) =>
      plugin(code, needs, {
        start: () => {
          calls.push(`start ${code}`);
        },
        stop: () => {
          calls.push(`stop ${code}`);
        },
        ...change,
      });
    const kernel = bootKernel({
      onBootFailure: 'degrade',
      plugins: [noted('ant'), noted('zoo', [], { start: fails }), noted('cat', ['zoo'])],
    });
    await kernel.start();
    assert.deepEqual(states(kernel), { ant: 'ready', zoo: 'failed', cat: 'blocked' });
    await kernel.stop();
    assert.deepEqual(calls, ['start ant', 'stop ant']);
  });

  it('can be marked after their services were made', () => {
    const kernel = bootKernel({ onBootFailure: 'degrade', plugins: [plugin('zoo'), plugin('cat', ['zoo'])] });
    kernel.fail('zoo', 'its routes cannot be read');
    assert.deepEqual(states(kernel), { zoo: 'failed', cat: 'blocked' });
  });
});

describe('stopping plugins [module:core]', () => {
  it('stops what needs others before those, each once, and is not held up by one that hangs or fails', async () => {
    const behaviours = fc.array(fc.constantFrom('well', 'fails', 'rejects', 'hangs'), {
      minLength: 10,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(anyGraph, behaviours, async (nodes, behaviour) => {
        const stopped: string[] = [];
        const how = (code: string): string => behaviour[Number(code.slice(1))] as string;
        const kernel = bootKernel({
          plugins: nodes.map(({ code, needs }) =>
            plugin(code, needs, {
              stop: () => {
                stopped.push(code);
                if (how(code) === 'fails') fails();
                if (how(code) === 'rejects') return Promise.reject(new Error('broken on purpose'));
                return how(code) === 'hangs' ? new Promise<void>(() => undefined) : Promise.resolve();
              },
            }),
          ),
        });
        await kernel.start();
        const failures = await kernel.stop(1);
        assert.deepEqual([...stopped].sort(), nodes.map(({ code }) => code).sort());
        for (const { code, needs } of nodes)
          for (const need of needs)
            assert.ok(
              stopped.indexOf(code) < stopped.indexOf(need),
              `${code} needs ${need}: ${stopped.join(', ')}`,
            );
        assert.deepEqual(
          failures.map(({ code }) => code).sort(),
          nodes
            .map(({ code }) => code)
            .filter((code) => how(code) !== 'well')
            .sort(),
        );
        for (const { code, reason } of failures)
          assert.match(reason, how(code) === 'hangs' ? /did not stop within 1 ms/ : /broken on purpose/);
        assert.deepEqual(await kernel.stop(1), []);
        assert.equal(stopped.length, nodes.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the boot tree [module:core]', () => {
  it('shows each plugin below what it needs, with its time or why it is not there', () => {
    let now = 0;
    const kernel = bootKernel({
      onBootFailure: 'degrade',
      stopwatch: () => (now += 1.5),
      plugins: [
        plugin('core', [], { version: '1.0.0' }),
        plugin('catalog', ['core']),
        plugin('orders', ['core', 'catalog'], { services: { main: fails } }),
        plugin('cms', ['core']),
        plugin('returns', ['orders']),
      ],
    });
    assert.equal(
      formatBootTree(kernel.report),
      [
        'core 1.0.0  1.5 ms',
        '├─ catalog 0.1.0  1.5 ms',
        "│  └─ orders 0.1.0  failed: P403 service 'orders.main' of plugin 'orders' could not be made (broken on purpose): mend its constructor; it may only use what the plugin requires or makes",
        "│     └─ returns 0.1.0  blocked: blocked because 'orders' did not come up",
        '└─ cms 0.1.0  1.5 ms',
      ].join('\n'),
    );
  });
});
