import assert from 'node:assert/strict';
import { InvalidInput, TooManyRequests } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import {
  InvalidCredentials,
  LinkNotValid,
  NotWhileImpersonating,
  TooManyLogins,
  WrongPassword,
} from '../errors.js';
import { eventually } from '../../testing/index.js';
import { openIdentity, PASSWORD, type IdentityWorld } from '../identity.fixture.js';

const NEW = 'nine quiet herons by the mill';

describe('the own account [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
  });
  after(() => world.close());

  const login = async (email: string, password = PASSWORD) => {
    const result = await world.authentication.login({
      audience: 'admin',
      platform: world.global,
      store: null,
      email,
      password,
      ip: '198.51.100.1',
      userAgent: 'Firefox/150 Linux',
      now: world.clock.now(),
    });
    assert.equal(result.kind, 'signed-in');
    return result.kind === 'signed-in' ? result : assert.fail();
  };
  const sessionOf = async (token: string) =>
    world.sessions.lookup(
      token,
      { audience: 'admin', platformId: world.global.id, store: null },
      world.clock.now(),
    );
  const as = async (email: string): Promise<{ ctx: TenantContext; token: string; id: string }> => {
    const { token, user } = await login(email);
    const session = await sessionOf(token);
    return {
      token,
      id: user.id,
      ctx: world.context({
        platform: world.global,
        surface: 'admin',
        actor: {
          kind: 'user',
          userId: user.id,
          email,
          name: user.name,
          audience: 'admin',
          isSuperAdmin: true,
          permissions: { has: () => true },
          sessionId: session?.id ?? '',
        },
      }),
    };
  };
  const linkToken = (): string => {
    const mail = world.mails.at(-1) as unknown as { data: { link: string } };
    return new URL(mail.data.link).searchParams.get('token') ?? '';
  };
  const onPage = (): TenantContext =>
    world.context({ platform: world.global, surface: 'admin', actor: { kind: 'anonymous' } });

  it('takes a new password for the present one, ends the other sessions and tells the address', async () => {
    await world.user('ann@example.org', true);
    const { ctx, token } = await as('ann@example.org');
    const other = await login('ann@example.org');
    await assert.rejects(
      world.people.account.changePassword(ctx, { currentPassword: 'wrong', newPassword: NEW }),
      WrongPassword,
    );
    await assert.rejects(
      world.people.account.changePassword(ctx, { currentPassword: PASSWORD, newPassword: 'password1234' }),
      InvalidInput,
    );
    await world.people.account.changePassword(ctx, { currentPassword: PASSWORD, newPassword: NEW });
    assert.ok(await sessionOf(token));
    assert.equal(await sessionOf(other.token), null);
    assert.equal((world.mails.at(-1) as { to: string }).to, 'ann@example.org');
    await assert.rejects(login('ann@example.org'), InvalidCredentials);
    await login('ann@example.org', NEW);
  });

  it('evaluates ten wrong present passwords, as at the sign-in', async () => {
    await world.user('guess@example.org', true);
    const { ctx } = await as('guess@example.org');
    const wrong = () => world.people.account.checkPassword(ctx, 'wrong');
    for (let tried = 0; tried < 10; tried += 1) await assert.rejects(wrong(), WrongPassword);
    await assert.rejects(wrong(), TooManyLogins);
  });

  it('takes over a new address once its link is opened, and tells the old one', async () => {
    await world.user('old@example.org', true);
    const { ctx } = await as('old@example.org');
    await world.people.account.requestEmail(ctx, { email: ' New@Example.org', currentPassword: PASSWORD });
    assert.equal((world.mails.at(-1) as { to: string }).to, 'new@example.org');
    const token = linkToken();
    await login('old@example.org');
    assert.deepEqual(await world.people.account.confirmEmail(onPage(), token), { email: 'new@example.org' });
    assert.equal((world.mails.at(-1) as { to: string }).to, 'old@example.org');
    await assert.rejects(world.people.account.confirmEmail(onPage(), token), LinkNotValid);
    await login('new@example.org');
  });

  it('ends what was asked with the old password when a new one is set', async () => {
    const asked = async (email: string) => {
      await world.user(email, true);
      const { ctx } = await as(email);
      // Somebody who knows the password wants the account under an address of theirs.
      await world.people.account.requestEmail(ctx, { email: `not-${email}`, currentPassword: PASSWORD });
      return { ctx, token: linkToken() };
    };
    const changed = await asked('changes@example.org');
    await world.people.account.changePassword(changed.ctx, { currentPassword: PASSWORD, newPassword: NEW });
    await assert.rejects(world.people.account.confirmEmail(onPage(), changed.token), LinkNotValid);

    const reset = await asked('resets@example.org');
    await world.people.passwordResets.send(onPage(), { email: 'resets@example.org', surface: 'admin' });
    await world.people.passwordResets.reset(onPage(), linkToken(), NEW);
    await assert.rejects(world.people.account.confirmEmail(onPage(), reset.token), LinkNotValid);
  });

  it('mails five links to new addresses in a quarter of an hour, and no more', async () => {
    await world.user('floods@example.org', true);
    const { ctx } = await as('floods@example.org');
    const ask = (email: string) =>
      world.people.account.requestEmail(ctx, { email, currentPassword: PASSWORD });
    for (let asked = 0; asked < 5; asked += 1) await ask(`victim-${asked}@example.org`);
    const sent = world.mails.length;
    await assert.rejects(ask('victim@example.org'), TooManyRequests);
    assert.equal(world.mails.length, sent);
  });

  it('tells nobody that an address is taken', async () => {
    await world.user('first@example.org', true);
    await world.user('second@example.org', true);
    const { ctx } = await as('second@example.org');
    await world.people.account.requestEmail(ctx, { email: 'first@example.org', currentPassword: PASSWORD });
    await assert.rejects(world.people.account.confirmEmail(onPage(), linkToken()), LinkNotValid);
  });

  it('gives an address to one of two that confirm it at the same moment, and tells the other as always', async () => {
    await world.user('slow@example.org', true);
    await world.user('quick@example.org', true);
    const { ctx } = await as('slow@example.org');
    await world.people.account.requestEmail(ctx, { email: 'wanted@example.org', currentPassword: PASSWORD });
    const token = linkToken();
    let slow: Promise<unknown> = Promise.resolve();
    await world.database.system(async (tx) => {
      await tx.query("update core_user set email = 'wanted@example.org' where email = 'quick@example.org'");
      slow = assert.rejects(world.people.account.confirmEmail(onPage(), token), LinkNotValid);
      await eventually(async () => {
        const [row] = await tx.query<{ waiting: number }>(
          "select count(*)::int as waiting from pg_locks where not granted and locktype = 'transactionid'",
        );
        return (row?.waiting ?? 0) > 0;
      });
    });
    await slow;
  });

  it('sends links to a new password to accounts that are there, and says the same to everybody', async () => {
    const before = world.mails.length;
    await world.people.passwordResets.request(onPage(), 'nobody@example.org', '198.51.100.9');
    await world.people.passwordResets.send(onPage(), { email: 'nobody@example.org', surface: 'admin' });
    assert.equal(world.mails.length, before);
    await world.user('forgot@example.org', true);
    const session = await login('forgot@example.org');
    await world.people.passwordResets.request(onPage(), 'forgot@example.org', '198.51.100.9');
    await world.people.passwordResets.send(onPage(), { email: 'forgot@example.org', surface: 'admin' });
    const first = linkToken();
    await world.people.passwordResets.send(onPage(), { email: 'forgot@example.org', surface: 'admin' });
    const token = linkToken();
    await assert.rejects(world.people.passwordResets.reset(onPage(), first, NEW), LinkNotValid);
    await assert.rejects(
      world.people.passwordResets.reset(onPage(), token, 'forgot@example.org'),
      InvalidInput,
    );
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, () => world.people.passwordResets.reset(onPage(), token, NEW)),
    );
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(await sessionOf(session.token), null);
    await login('forgot@example.org', NEW);
    world.clock.pass(3_600);
    assert.equal(await world.people.passwordResets.isGood(token, world.clock.now()), false);
  });

  it('lists sessions and ends them, one or all the others', async () => {
    await world.user('many@example.org', true);
    const { ctx, token, id } = await as('many@example.org');
    const second = await login('many@example.org');
    await login('many@example.org');
    const list = () => world.people.sessionList.list({ userId: id }, world.clock.now());
    assert.equal((await list()).length, 3);
    const found = await sessionOf(second.token);
    await world.people.sessionList.end(ctx, { userId: id }, found?.id ?? '');
    assert.equal(await sessionOf(second.token), null);
    const own = await sessionOf(token);
    assert.equal(await world.people.sessionList.endAll(ctx, { userId: id }, own?.id), 1);
    assert.deepEqual(
      (await list()).map(({ id: left }) => left),
      [own?.id],
    );
  });

  it('is out of reach of who acts as its person', async () => {
    await world.user('acted@example.org', true);
    const { ctx } = await as('acted@example.org');
    const acting: TenantContext = {
      ...ctx,
      actor: {
        ...(ctx.actor as Extract<TenantContext['actor'], { kind: 'user' }>),
        impersonator: { userId: ctx.requestId, email: 'admin@example.org', name: 'A' },
      },
    };
    for (const attempt of [
      () => world.people.account.changePassword(acting, { currentPassword: PASSWORD, newPassword: NEW }),
      () => world.people.account.requestEmail(acting, { email: 'x@example.org', currentPassword: PASSWORD }),
      () => world.people.account.setProfile(acting, { name: 'x', language: null }),
    ])
      await assert.rejects(async () => attempt(), NotWhileImpersonating);
  });

  it('writes signing in, being locked out and signing out into the trail', async () => {
    await world.user('trail@example.org', true);
    const { token } = await login('trail@example.org');
    for (const email of ['trail@example.org', 'unheard-of@example.org'])
      for (let tried = 0; tried < 12; tried += 1) await login(email, 'wrong').catch((error: Error) => error);
    const session = await sessionOf(token);
    assert.ok(session);
    await world.authentication.logout(session.id, {
      audience: 'admin',
      platform: world.global,
      store: null,
      ip: '198.51.100.1',
      userAgent: 'x',
      now: world.clock.now(),
      person: session.person,
    });
    const { items } = await world.audit.list(world.context({ platform: world.global }), { perPage: 100 });
    const of = (action: string) => items.filter((one) => one.action === action);
    assert.ok(of('core.session.opened').some(({ subject }) => subject.name === 'trail@example.org'));
    // Once for each account; an address without one is not written down.
    const locked = of('core.session.locked_out').map(({ subject }) => subject.name ?? subject.id);
    assert.deepEqual(locked.filter((name) => name === 'trail@example.org').length, 1);
    assert.ok(locked.includes('unknown'));
    assert.ok(!JSON.stringify(items).includes('unheard-of'));
    assert.equal(of('core.session.closed')[0]?.subject.name, 'trail@example.org');
  });
});
