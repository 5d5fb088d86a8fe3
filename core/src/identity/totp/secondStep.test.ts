import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import type { TenantContext } from '../../kernel/context.js';
import type { LoginRequest } from '../Authentication.js';
import { LinkNotValid, TooManyLogins, WrongCode } from '../errors.js';
import { openIdentity, PASSWORD, type IdentityWorld } from '../identity.fixture.js';

describe('the second step of signing in [module:core]', () => {
  let world: IdentityWorld, user: { id: string; email: string }, secret: string, codes: string[];
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
    user = await world.user('ann@example.org', true);
  });
  after(() => world.close());

  const ctx = (): TenantContext => world.context({ platform: world.global, surface: 'admin' });
  const codeAt = (ms = world.clock.ms): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms });
  const place = (): LoginRequest => ({
    audience: 'admin',
    platform: world.global,
    store: null,
    email: user.email,
    password: PASSWORD,
    ip: '198.51.100.1',
    userAgent: 'test',
    now: world.clock.now(),
  });
  const challenge = async (): Promise<string> => {
    const result = await world.authentication.login(place());
    assert.equal(result.kind, 'second-step');
    return result.kind === 'second-step' ? result.challenge : '';
  };
  const finish = (given: string, code: string) => world.authentication.finish(place(), given, code);

  it('is not asked before a code has proved the app', async () => {
    ({ secret } = await world.people.totp.begin(ctx(), user));
    assert.equal((await world.authentication.login(place())).kind, 'signed-in');
    await assert.rejects(world.people.totp.confirm(ctx(), user, '000000'), WrongCode);
    codes = await world.people.totp.confirm(ctx(), user, codeAt());
    assert.equal(new Set(codes).size, 10);
  });

  it('keeps neither the secret nor the recovery codes in the clear', async () => {
    const rows = await world.database.system((tx) =>
      tx.query<{ row: string }>(
        'select t::text as row from core_user_totp t union all select c::text from core_recovery_code c',
      ),
    );
    const all = rows.map(({ row }) => row).join();
    for (const plain of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      assert.ok(!all.includes(plain));
  });

  it('opens a session for a fresh code, once', async () => {
    // The code that confirmed the app is used up, and with it its time step.
    await assert.rejects(finish(await challenge(), codeAt()), WrongCode);
    world.clock.pass(30);
    const code = codeAt();
    const given = await challenge();
    assert.equal((await finish(given, code)).user.id, user.id);
    await assert.rejects(finish(given, code), LinkNotValid);
    await assert.rejects(finish(await challenge(), code), WrongCode);
  });

  it('opens one session for 50 that give one code at once', async () => {
    world.clock.pass(16 * 60);
    const challenges = await Promise.all(Array.from({ length: 4 }, challenge));
    const code = codeAt();
    const settled = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => finish(challenges[at % 4] as string, code)),
    );
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('takes each recovery code once', async () => {
    world.clock.pass(16 * 60);
    const [code = ''] = codes;
    await finish(await challenge(), code.toUpperCase());
    await assert.rejects(finish(await challenge(), code), WrongCode);
    assert.equal((await world.people.totp.status(user.id)).recoveryCodesLeft, 9);
  });

  it('evaluates five codes in a quarter of an hour', async () => {
    world.clock.pass(16 * 60);
    const given = await challenge();
    for (let tried = 0; tried < 5; tried += 1) await assert.rejects(finish(given, '000000'), WrongCode);
    await assert.rejects(finish(given, codeAt()), TooManyLogins);
    await assert.rejects(finish(await challenge(), codeAt()), TooManyLogins);
  });

  it('counts at its own place and for five minutes', async () => {
    world.clock.pass(16 * 60);
    const given = await challenge();
    await assert.rejects(
      world.authentication.finish({ ...place(), platform: world.oms }, given, codeAt()),
      LinkNotValid,
    );
    world.clock.pass(5 * 60);
    await assert.rejects(finish(given, codeAt()), LinkNotValid);
  });

  it('lets its owner in when a clock that ran a day ahead is put right, and still counts each code once', async () => {
    world.clock.pass(24 * 3_600);
    assert.equal((await finish(await challenge(), codeAt())).kind, 'signed-in');
    world.clock.pass(-24 * 3_600);
    const code = codeAt();
    assert.equal((await finish(await challenge(), code)).kind, 'signed-in');
    await assert.rejects(finish(await challenge(), code), WrongCode);
  });

  it('is gone when turned off, with its recovery codes', async () => {
    await world.people.totp.disable(ctx(), user);
    assert.equal((await world.authentication.login(place())).kind, 'signed-in');
    assert.deepEqual(await world.people.totp.status(user.id), {
      isOn: false,
      since: null,
      recoveryCodesLeft: 0,
    });
  });
});
