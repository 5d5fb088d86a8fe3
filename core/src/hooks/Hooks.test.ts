import assert from 'node:assert/strict';
import { Conflict } from '../errors/common.js';
import type { Timers } from '../kernel/clock.js';
import type { TenantContext } from '../kernel/context.js';
import type { Failure } from '../kernel/failureReporter.js';
import { defineHook, tap, type HookTap, type TapOptions } from '../kernel/hook.js';
import { HookFailed, HookTimedOut } from './errors.js';
import { Hooks } from './Hooks.js';
import { orderTaps, type OrderedTap } from './orderTaps.js';

const Price = defineHook<number>('checkout.price');

const owned = (plugin: string, made: HookTap): OrderedTap => ({ ...made, plugin, name: made.name ?? plugin });
const times = (name: string, order: Partial<TapOptions> = {}): OrderedTap =>
  owned(
    name,
    tap(Price, { onError: 'fail', ...order, name }, (_, value) => value),
  );
const names = (...taps: OrderedTap[]): string[] =>
  (orderTaps(taps).get(Price.name) ?? []).map((one) => one.name);

describe('[module:core] orderTaps', () => {
  it('orders taps without wishes by name, however they come in', () => {
    assert.deepEqual(names(times('b'), times('a'), times('c')), ['a', 'b', 'c']);
  });
  it('puts a tap before and after the names it asks for', () => {
    assert.deepEqual(names(times('a', { after: ['c'] }), times('b'), times('c', { before: ['b'] })), [
      'c',
      'a',
      'b',
    ]);
  });
  it('ignores names of taps that are not there', () => {
    assert.deepEqual(names(times('a', { after: ['loyalty'] }), times('b', { before: ['tax'] })), ['a', 'b']);
  });
  it('refuses taps that wait for each other, with the path', () => {
    assert.throws(
      () =>
        names(
          times('a', { after: ['c'] }),
          times('b', { after: ['a'] }),
          times('c', { after: ['b'] }),
          times('d', { after: ['a'] }),
        ),
      /P510 the taps of hook 'checkout\.price' wait for each other: a → b → c → a/,
    );
  });
  it('refuses two taps of one name on one hook, and allows it on two hooks', () => {
    assert.throws(
      () => names(times('a'), { ...times('a'), plugin: 'other' }),
      /P511 .* of 'a' and of 'other'/,
    );
    const other = owned(
      'a',
      tap(defineHook<number>('cart.total'), { onError: 'fail' }, (_, value) => value),
    );
    assert.equal(orderTaps([times('a'), other]).size, 2);
  });
});

describe('[module:core] Hooks', () => {
  it('hands the value from tap to tap', async () => {
    const { run } = kit(
      owned(
        'tax',
        tap(Price, { onError: 'fail', after: ['discount'] }, async (_, value) => value * 2),
      ),
      owned(
        'discount',
        tap(Price, { onError: 'fail' }, (_, value) => value - 10),
      ),
    );
    assert.equal(await run(100), 180);
  });
  it('returns the value as it was where nobody taps', async () => {
    assert.equal(await kit().run(100), 100);
  });
  it('skips a failing tap, keeps the value and reports whose it was', async () => {
    const { run, failures } = kit(
      owned(
        'broken',
        tap(Price, { onError: 'skip' }, () => {
          throw new Error('no');
        }),
      ),
      owned(
        'tax',
        tap(Price, { onError: 'skip' }, (_, value) => value + 1),
      ),
    );
    assert.equal(await run(100), 101);
    assert.deepEqual(
      failures.map(({ plugin, platform, during }) => ({ plugin, platform, during })),
      [{ plugin: 'broken', platform: 'oms', during: "hook checkout.price, tap 'broken'" }],
    );
  });
  it('lets the operation fail where the tap says so, naming tap and plugin', async () => {
    const cause = new Error('no');
    const { run } = kit(
      owned(
        'broken',
        tap(Price, { onError: 'fail' }, () => {
          throw cause;
        }),
      ),
    );
    await assert.rejects(
      run(100),
      (error: Error) =>
        error instanceof HookFailed && error.cause === cause && /'broken'/.test(error.message),
    );
  });
  it('passes an expected failure on as it is', async () => {
    const { run } = kit(
      owned(
        'stock',
        tap(Price, { onError: 'fail' }, () => {
          throw new Conflict({ reason: 'sold out' });
        }),
      ),
    );
    await assert.rejects(run(100), new Conflict({ reason: 'sold out' }));
  });
  it('gives up on a tap after its limit, by the injected timers', async () => {
    const never = () => new Promise<number>(() => undefined);
    const skipping = kit(owned('slow', tap(Price, { onError: 'skip', timeoutMs: 50 }, never)));
    const skipped = skipping.run(100);
    skipping.fire();
    assert.equal(await skipped, 100);
    assert.deepEqual(
      skipping.failures.map(({ error }) => (error as Error).message),
      [new HookTimedOut({ hook: 'checkout.price', tap: 'slow', plugin: 'slow', timeoutMs: 50 }).message],
    );
    const failing = kit(owned('slow', tap(Price, { onError: 'fail', timeoutMs: 50 }, never)));
    const failed = failing.run(100);
    failing.fire();
    await assert.rejects(failed, HookTimedOut);
  });
  it('leaves no timer behind', async () => {
    const { run, pending } = kit(
      owned(
        'tax',
        tap(Price, { onError: 'fail' }, (_, value) => value),
      ),
    );
    await run(1);
    assert.equal(pending.size, 0);
  });
});

function kit(...taps: OrderedTap[]) {
  const ordered = orderTaps(taps);
  const failures: Failure[] = [];
  const pending = new Map<number, () => void>();
  let handles = 0;
  const timers: Timers = {
    setTimeout: (work) => {
      pending.set(++handles, work);
      return handles;
    },
    clearTimeout: (handle) => {
      pending.delete(handle as number);
    },
  };
  const hooks = new Hooks({ failures: { report: (failure) => failures.push(failure) }, timers });
  const snapshot = { key: 'k', isOn: () => true, taps: (hook: string) => ordered.get(hook) ?? [] };
  const ctx = { platform: { code: 'oms' }, snapshot, tx: null } as unknown as TenantContext;
  return {
    run: (value: number) => hooks.run(ctx, Price, value),
    failures,
    pending,
    fire: () => {
      for (const work of pending.values()) work();
    },
  };
}
