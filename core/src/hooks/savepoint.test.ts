import assert from 'node:assert/strict';
import { openMessaging, type Messaging } from '../jobs/messaging.fixture.js';
import type { TenantContext } from '../kernel/context.js';
import type { Failure } from '../kernel/failureReporter.js';
import { defineHook, tap, type HookTap } from '../kernel/hook.js';
import { Hooks } from './Hooks.js';
import { orderTaps } from './orderTaps.js';

const Closing = defineHook<number>('checkout.closing');

describe('[module:core] Hooks inside a transaction', () => {
  let kit: Messaging;
  before(async () => {
    kit = await openMessaging();
  });
  after(() => kit.close());

  const write = (ctx: TenantContext, name: string) =>
    ctx.tx?.query(
      "INSERT INTO core_outbox (id, platform_id, name, version, payload, occurred_at) VALUES (gen_random_uuid(), $1, $2, 1, '{}', now())",
      [ctx.platform.id, name],
    );
  const written = async (platformId: string) =>
    (
      await kit.database.system((tx) =>
        tx.query<{ name: string }>('SELECT name FROM core_outbox WHERE platform_id = $1 ORDER BY name', [
          platformId,
        ]),
      )
    ).map(({ name }) => name);
  const withTaps = (ctx: TenantContext, ...taps: HookTap[]): TenantContext => {
    const ordered = orderTaps(taps.map((one, i) => ({ ...one, plugin: `p${i}`, name: `p${i}` })));
    return {
      ...ctx,
      snapshot: { ...ctx.snapshot, taps: (hook: string) => ordered.get(hook) ?? [] } as never,
    };
  };

  it('undoes what a skipped tap wrote, and keeps what stands around it', async () => {
    const failures: Failure[] = [];
    const hooks = new Hooks({ failures: { report: (failure) => failures.push(failure) } });
    const ctx = withTaps(
      kit.context({ platformId: kit.platform() }),
      tap(Closing, { onError: 'skip' }, async (inner, value) => {
        await write(inner, 'good');
        return value + 1;
      }),
      tap(Closing, { onError: 'skip' }, async (inner) => {
        await write(inner, 'bad');
        await inner.tx?.query('SELECT 1/0');
        return 0;
      }),
    );
    const value = await kit.database.unit(ctx, async (inner) => {
      await write(inner, 'before');
      const result = await hooks.run(inner, Closing, 1);
      await write(inner, 'later');
      return result;
    });
    assert.deepEqual(
      [value, failures.length, await written(ctx.platform.id)],
      [2, 1, ['before', 'good', 'later']],
    );
  });
  it('lets a tap that was given up on write nothing more', async () => {
    let expire: () => void = () => undefined,
      proceed: () => void = () => undefined,
      settled: Promise<unknown> = Promise.resolve();
    const gate = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    const timers = {
      setTimeout: (work: () => void) => {
        expire = work;
        return 0;
      },
      clearTimeout: () => undefined,
    };
    const hooks = new Hooks({ failures: { report: () => undefined }, timers });
    const ctx = withTaps(
      kit.context({ platformId: kit.platform() }),
      tap(Closing, { onError: 'skip' }, (inner, value) => {
        const late = gate.then(async () => {
          await write(inner, 'late');
          return value;
        });
        settled = late.catch((error: unknown) => error);
        setImmediate(() => expire());
        return late;
      }),
    );
    await kit.database.unit(ctx, async (inner) => {
      assert.equal(await hooks.run(inner, Closing, 1), 1);
      proceed();
      assert.match(String(await settled), /revoked/);
    });
    assert.deepEqual(await written(ctx.platform.id), []);
  });
});
