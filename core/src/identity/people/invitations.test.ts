import assert from 'node:assert/strict';
import type { TenantContext } from '../../kernel/context.js';
import { InvalidInput, TooManyRequests } from '../../errors/common.js';
import { AlreadyMember, InvalidCredentials, InvitationForSomebodyElse, LinkNotValid } from '../errors.js';
import { openIdentity, PASSWORD, type IdentityWorld } from '../identity.fixture.js';

const NEW = 'nine quiet herons by the mill';

describe('invitations [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
  });
  after(() => world.close());

  const inShop = (): TenantContext => world.context({ store: world.acmeShop, surface: 'store' });
  const onPage = (surface: 'admin' | 'store' = 'store', platform = world.oms): TenantContext =>
    world.context({ surface, platform, actor: { kind: 'anonymous' } });
  const token = (): string => {
    const mail = world.mails.at(-1) as unknown as { data: { link: string } };
    return new URL(mail.data.link).searchParams.get('token') ?? '';
  };
  const invite = async (email: string, role = 'staff') => {
    const invitation = await world.people.teamInvitations.invite(inShop(), { email, role, language: 'fr' });
    return { invitation, token: token() };
  };
  const accept = (given: string, over: { name?: string; password?: string } = {}, ctx = onPage()) =>
    world.people.acceptance.accept(ctx, {
      token: given,
      name: 'Ann',
      password: NEW,
      ip: '198.51.100.7',
      ...over,
    });
  const members = async () =>
    (await world.people.team.members(inShop(), { perPage: 100 })).items.map(
      ({ email, role }) => `${email} ${role}`,
    );

  it('make a person and a member of who accepts, in the language of the invitation', async () => {
    const { token: link } = await invite('new@example.org', 'manager');
    assert.equal((world.mails.at(-1) as { language?: string }).language, 'fr');
    const open = await world.people.acceptance.open(onPage(), link);
    assert.deepEqual([open.email, open.hasAccount, open.place], ['new@example.org', false, 'acme']);
    await accept(link);
    assert.ok((await members()).includes('new@example.org manager'));
    const user = await world.users.byEmail('new@example.org');
    assert.deepEqual([user?.name, user?.language], ['Ann', 'fr']);
  });

  it('keep no token, but its hash', async () => {
    const { token: link } = await invite('hash@example.org');
    const rows = await world.database.system((tx) =>
      tx.query<{ row: string }>('select i::text as row from core_team_invitation i'),
    );
    assert.ok(rows.every(({ row }) => !row.includes(link.slice(3))));
  });

  it('are accepted once by 50 that accept at once, whether or not there was an account', async () => {
    await world.user('known@example.org');
    for (const [email, password] of [
      ['racing@example.org', NEW],
      ['known@example.org', PASSWORD],
    ] as const) {
      const { token: link } = await invite(email);
      const settled = await Promise.allSettled(Array.from({ length: 50 }, () => accept(link, { password })));
      const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
      assert.equal(failures.length, 49, email);
      for (const failure of failures)
        assert.ok(failure instanceof LinkNotValid || failure.name === 'TOO_MANY_LOGINS', failure.name);
      assert.equal((await members()).filter((one) => one.startsWith(email)).length, 1);
    }
  });

  it('ask the account’s own password where there is an account, and count wrong ones', async () => {
    await world.user('colleague@example.org');
    const { token: link } = await invite('colleague@example.org');
    await assert.rejects(accept(link, { password: 'something else entirely' }), InvalidCredentials);
    assert.ok(!(await members()).some((one) => one.startsWith('colleague')));
    await accept(link, { password: PASSWORD });
  });

  it('refuse a password that is not fit, and stay open', async () => {
    const { token: link } = await invite('weak@example.org');
    for (const password of ['short', 'password123', 'weak@example.org', '0123456789'])
      await assert.rejects(accept(link, { password }), InvalidInput);
    assert.equal(await world.users.byEmail('weak@example.org'), undefined);
    await accept(link);
  });

  it('end when sent again, withdrawn, or over', async () => {
    const first = await invite('again@example.org');
    await world.people.teamInvitations.resend(inShop(), first.invitation.id);
    const second = token();
    await assert.rejects(accept(first.token), LinkNotValid);
    await world.people.teamInvitations.withdraw(inShop(), first.invitation.id);
    await assert.rejects(accept(second), LinkNotValid);
    const third = await invite('again@example.org');
    world.clock.pass(7 * 24 * 3_600);
    await assert.rejects(accept(third.token), LinkNotValid);
    assert.equal((await world.people.teamInvitations.list(inShop())).items[0]?.status, 'expired');
  });

  it('flood nobody: five mails to one address in a quarter of an hour, by whatever button', async () => {
    const { invitation } = await invite('flooded@example.org');
    const sent = world.mails.length;
    const tries = await Promise.allSettled([
      ...Array.from({ length: 30 }, () => invite('flooded@example.org')),
      ...Array.from({ length: 30 }, () => world.people.teamInvitations.resend(inShop(), invitation.id)),
    ]);
    for (const one of tries)
      if (one.status === 'rejected') assert.ok(one.reason instanceof TooManyRequests, one.reason);
    assert.ok(world.mails.length - sent <= 9, `${world.mails.length - sent} mails`);
    world.clock.pass(15 * 60);
    await world.people.teamInvitations.resend(inShop(), invitation.id);
    await world.people.teamInvitations.withdraw(inShop(), invitation.id);
  });

  it('count at the platform they were sent for only', async () => {
    const { token: link } = await invite('elsewhere@example.org');
    await assert.rejects(accept(link, {}, onPage('store', world.loyalty)), LinkNotValid);
    await assert.rejects(accept(link, {}, onPage('admin')), LinkNotValid);
    await accept(link);
  });

  it('are accepted by who is signed in, if it is the one who was invited', async () => {
    const user = await world.user('signed-in@example.org');
    const other = await world.user('other@example.org');
    const { token: link } = await invite('signed-in@example.org');
    const as = (id: string, email: string): TenantContext => ({
      ...onPage(),
      actor: {
        kind: 'user',
        userId: id,
        email,
        name: email,
        audience: 'store',
        isSuperAdmin: false,
        permissions: { has: () => false },
        sessionId: id,
      },
    });
    await assert.rejects(
      world.people.acceptance.acceptSignedIn(as(other.id, other.email), link),
      InvitationForSomebodyElse,
    );
    await world.people.acceptance.acceptSignedIn(as(user.id, user.email), link);
    assert.ok((await members()).includes('signed-in@example.org staff'));
  });

  it('are not sent to members', async () => {
    await assert.rejects(invite('new@example.org'), AlreadyMember);
  });

  it('make owners, platform administrators and super admins, each at their place', async () => {
    await world.people.teamInvitations.invite(world.context({ merchant: world.acme, surface: 'store' }), {
      email: 'boss@example.org',
      role: 'owner',
      language: 'en',
    });
    await accept(token());
    assert.deepEqual(
      (await world.people.team.owners(inShop())).map(({ email }) => email),
      ['boss@example.org'],
    );
    const above = world.context({ platform: world.global, surface: 'admin' });
    for (const [ctx, role] of [
      [world.context({ surface: 'admin' }), 'admin'],
      [above, 'super_admin'],
    ] as const) {
      const email = `${role}@example.org`;
      await world.people.adminInvitations.invite(ctx, { email, role, language: 'de' });
      await accept(token(), {}, { ...ctx, actor: { kind: 'anonymous' } });
      const user = await world.users.byEmail(email);
      const found = await world.people.adminUsers.get(ctx, user?.id ?? '');
      assert.equal(found.isSuperAdmin, role === 'super_admin');
    }
    await assert.rejects(
      world.people.adminInvitations.invite(world.context({ surface: 'admin' }), {
        email: 'x@example.org',
        role: 'super_admin',
        language: 'en',
      }),
      InvalidInput,
    );
  });

  it('leave lines in the trail that name who did what', async () => {
    const { items } = await world.audit.list(inShop(), { perPage: 100 });
    const actions = new Set(items.map(({ action }) => action));
    for (const action of ['core.team.invited', 'core.team.joined', 'core.team.invitation_withdrawn'])
      assert.ok(actions.has(action), action);
    const joined = items.find(({ action }) => action === 'core.team.joined');
    assert.equal(joined?.actor.kind, 'user');
    assert.ok(!JSON.stringify(items).includes(NEW));
  });
});
