import assert from 'node:assert/strict';
import type { Actor, TenantContext } from '../../kernel/context.js';
import type { Raw, Redirect, RouteContext, RouteDefinition, View } from '../../kernel/route.js';
import { makeLinks } from '../../tenancy/links.js';
import { openIdentity, PASSWORD, type IdentityWorld } from '../identity.fixture.js';
import type { LoginView } from './loginView.js';
import { HeldPermissions, ownerPermissions } from '../permissions.js';
import { authApiRoutes } from './authApi.js';
import { signInPages } from './signInPages.js';
import { storePickerRoute, type StorePickerView } from './storePicker.js';

describe('sign-in routes [module:core]', () => {
  let world: IdentityWorld, routes: RouteDefinition[];
  before(async () => {
    world = await openIdentity();
    await world.user('super@example.org', true);
    await world.makeOwner((await world.user('owner@example.org')).id, world.acme);
    await world.makeMember((await world.user('staff@example.org')).id, world.acmeShop, 'staff');
    await world.customer('ada@example.org', world.acmeShop);
    const config = { demo: true, environment: 'test' } as const;
    routes = [...authApiRoutes(world), ...signInPages({ ...world, config }), storePickerRoute(world)];
  });
  after(() => world.close());

  type Surface = 'admin' | 'store' | 'storefront';
  const call = async <Answer>(
    method: string,
    path: string,
    surface: Surface,
    over: Partial<RouteContext> = {},
    input: object = {},
  ): Promise<Answer> => {
    const route = routes.find((one) => one.method === method && one.path === path && one.surface === surface);
    assert.ok(route, `${method} ${path} on ${surface}`);
    const ctx: TenantContext = world.context({
      surface,
      actor: { kind: 'anonymous' },
      store: surface === 'admin' ? null : world.acmeShop,
      ...over,
    });
    const base = {
      site: 'local',
      secure: false,
      host: 'localhost',
      port: '',
      mainDomain: null,
      viaGlobalAdmin: false,
    } as const;
    const full: RouteContext = {
      ...ctx,
      request: { ip: '198.51.100.1', userAgent: 'test', secure: false, path: '/', bearer: false },
      uploads: [],
      links: makeLinks({ platform: ctx.platform, store: ctx.store, surface, base }, 'en'),
      ...over,
    };
    return (await route.handle(full, route.input.parse(input) as never)) as Answer;
  };
  const credentials = (name: string) => ({ email: `${name}@example.org`, password: PASSWORD });
  const actor = async (name: string): Promise<Actor> => {
    const user = await world.users.byEmail(`${name}@example.org`);
    assert.ok(user);
    return {
      kind: 'user',
      userId: user.id,
      email: user.email,
      name: user.name,
      audience: 'store',
      isSuperAdmin: false,
      permissions: ownerPermissions(new Map()),
      sessionId: user.id,
    };
  };

  it('hand out a token and a cookie of the audience', async () => {
    const answer = await call<Raw>('POST', '/auth/login', 'storefront', {}, credentials('ada'));
    const { token, expiresAt, user } = answer.body as {
      token: string;
      expiresAt: string;
      user: { email: string };
    };
    assert.equal(user.email, 'ada@example.org');
    assert.equal(new Date(expiresAt).getTime(), world.clock.ms + 90 * 24 * 3_600_000);
    assert.equal(
      answer.headers['set-cookie'],
      `wz_customer=${token}; Max-Age=7776000; Path=/platforms/oms/stores/acme; HttpOnly; SameSite=Lax`,
    );
    assert.equal(answer.headers['cache-control'], 'no-store');
  });

  it('set a __Host- cookie over HTTPS', async () => {
    const answer = await call<Raw>(
      'POST',
      '/auth/login',
      'admin',
      { request: { ip: 'x', userAgent: '', secure: true, path: '/', bearer: false } },
      credentials('super'),
    );
    assert.match(
      String(answer.headers['set-cookie']),
      /^__Host-wz_admin=wz_.{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it('keep the sessions of members below the stores of their platform in path mode', async () => {
    const answer = await call<Raw>('POST', '/auth/login', 'store', {}, credentials('staff'));
    assert.match(String(answer.headers['set-cookie']), /; Path=\/platforms\/oms\/store;/);
  });

  it('end the session and take the cookie back', async () => {
    const { body } = await call<Raw>('POST', '/auth/login', 'store', {}, credentials('staff'));
    const find = () =>
      world.sessions.lookup(
        (body as { token: string }).token,
        { audience: 'store', platformId: world.oms.id, store: world.acmeShop },
        world.clock.now(),
      );
    const session = await find();
    assert.ok(session);
    const staff = await actor('staff');
    const answer = await call<Raw>('POST', '/auth/logout', 'store', {
      actor: { ...staff, sessionId: session.id } as Actor,
    });
    assert.equal(answer.status, 204);
    assert.match(String(answer.headers['set-cookie']), /^wz_store=; Max-Age=0;/);
    assert.equal(await find(), null);
  });

  it('say who is signed in, with the permissions held here', async () => {
    const staff = await actor('staff');
    const permissions = new HeldPermissions(
      new Map([['cms.pages.edit', { audience: 'store', label: 'x' }]]),
      () => true,
    );
    assert.deepEqual(await call('GET', '/auth/me', 'store', { actor: { ...staff, permissions } as Actor }), {
      user: {
        id: (staff as { userId: string }).userId,
        email: 'staff@example.org',
        name: 'staff@example.org',
      },
      audience: 'store',
      isSuperAdmin: false,
      permissions: ['cms.pages.edit'],
    });
  });

  it('let signed-in people only ask who they are', () => {
    const access = routes
      .filter((route) => route.path === '/auth/me')
      .map((route) => [route.surface, route.access]);
    assert.deepEqual(access, [
      ['admin', 'signed-in'],
      ['store', 'signed-in'],
      ['storefront', 'customer'],
    ]);
  });

  it('show the form again with the reason and the address, and the right status', async () => {
    const again = await call<View>(
      'POST',
      '/login',
      'store',
      {},
      { email: 'owner@example.org', password: 'wrong', next: '/platforms/oms/store/acme/x' },
    );
    const data = again.data as unknown as LoginView;
    assert.equal(again.template, 'core/login');
    assert.equal(again.status, 401);
    assert.deepEqual(data.form, {
      action: '/platforms/oms/store/acme/login',
      values: { email: 'owner@example.org' },
      error: { code: 'INVALID_CREDENTIALS', message: 'The e-mail address or the password is not right.' },
    });
    assert.equal(data.next, '/platforms/oms/store/acme/x');
    const evil = await call<View>('GET', '/login', 'store', {}, { next: '//evil.example' });
    assert.equal((evil.data as unknown as LoginView).next, undefined);
    assert.equal((await call<View>('POST', '/login', 'store', {}, {})).status, 401);
    assert.equal((await call<View>('POST', '/login', 'admin', {}, credentials('owner'))).status, 403);
  });

  it('say with 429 when to try again', async () => {
    for (let i = 0; i < 10; i += 1)
      await call('POST', '/login', 'store', {}, { email: 'locked@example.org', password: 'x' });
    const refused = await call<View>(
      'POST',
      '/login',
      'store',
      {},
      { email: 'locked@example.org', password: 'x' },
    );
    assert.equal(refused.status, 429);
    assert.equal(refused.headers?.['retry-after'], '900');
  });

  it('lead to the page that was asked for, when it is of this site, else to the start page', async () => {
    const to = async (next?: string) =>
      (await call<Redirect>('POST', '/login', 'store', {}, { ...credentials('staff'), next })).location;
    assert.equal(
      await to('/platforms/oms/store/acme/media?page=2'),
      '/platforms/oms/store/acme/media?page=2',
    );
    for (const bad of [undefined, '//evil.example', 'https://evil.example'])
      assert.equal(await to(bad), '/platforms/oms/store/acme/dashboard');
    assert.equal(
      (await call<Redirect>('POST', '/login', 'admin', {}, credentials('super'))).location,
      '/platforms/oms/admin/',
    );
    assert.equal(
      (await call<Redirect>('POST', '/storefront/account/login', 'storefront', {}, credentials('ada')))
        .location,
      '/platforms/oms/stores/acme/storefront/',
    );
  });

  it('send people on who are signed in already', async () => {
    assert.equal(
      (await call<Redirect>('GET', '/login', 'store', { actor: await actor('staff') })).location,
      '/platforms/oms/store/acme/dashboard',
    );
    assert.equal(
      (await call<Redirect>('GET', '/login', 'store', { actor: await actor('staff'), store: null })).location,
      '/platforms/oms/store/',
    );
  });

  it('do not take a session of another audience for one of theirs', async () => {
    assert.equal((await call<View>('GET', '/login', 'admin', { actor: await actor('staff') })).type, 'view');
  });

  it('say that a store is suspended, and let its staff in', async () => {
    const store = { ...world.acmeShop, status: 'suspended' as const };
    assert.equal(
      ((await call<View>('GET', '/login', 'store', { store })).data as unknown as LoginView).notice,
      'store_suspended',
    );
    assert.equal(
      (await call<Redirect>('POST', '/login', 'store', { store }, credentials('staff'))).type,
      'redirect',
    );
  });

  it('show the demo accounts that fit the place', async () => {
    const shown = async (surface: Surface, path = '/login', over: Partial<RouteContext> = {}) =>
      ((await call<View>('GET', path, surface, over)).data as unknown as LoginView).demo?.accounts.map(
        (account) => account.email,
      );
    assert.deepEqual(await shown('admin'), ['admin@wizamart.example', 'oms-admin@wizamart.example']);
    assert.deepEqual(await shown('admin', '/login', { platform: world.loyalty }), ['admin@wizamart.example']);
    assert.deepEqual(await shown('storefront', '/storefront/account/login'), ['ada@customer.example']);
    const hidden = signInPages({ ...world, config: { demo: true, environment: 'production' } }).find(
      (route) => route.path === '/login',
    );
    const page = (hidden?.handle as (ctx: unknown, input: object) => View)(
      world.context({ actor: { kind: 'anonymous' } }),
      {},
    );
    assert.equal('demo' in page.data, false);
  });

  it('let those with several stores pick one, and lead those with one straight there', async () => {
    const picker = await call<View>('GET', '/', 'store', { store: null, actor: await actor('owner') });
    const { stores, title } = picker.data as unknown as StorePickerView;
    assert.equal(title, 'oms');
    assert.deepEqual(
      stores.map(({ code, href }) => [code, href]),
      [
        ['acme', '/platforms/oms/store/acme/dashboard'],
        ['acme-esch', '/platforms/oms/store/acme-esch/dashboard'],
      ],
    );
    assert.equal(
      (await call<Redirect>('GET', '/', 'store', { store: null, actor: await actor('staff') })).location,
      '/platforms/oms/store/acme/dashboard',
    );
    assert.equal(
      (await call<Redirect>('GET', '/', 'store', { actor: await actor('owner') })).location,
      '/platforms/oms/store/acme/dashboard',
    );
    assert.equal(
      (await call<Redirect>('GET', '/', 'store', { store: null })).location,
      '/platforms/oms/store/login',
    );
  });
});
