import assert from 'node:assert/strict';
import type { RouteContext, Redirect } from '../../kernel/route.js';
import type { CoreParts } from './CoreParts.js';
import { preferenceRoutes } from './preferenceRoutes.js';

function kit(actor: object = { kind: 'user', userId: 'u1' }) {
  const languages: string[] = [];
  const users = {
    setLanguage: async (userId: string, language: string) => void languages.push(`${userId} ${language}`),
  };
  const [route] = preferenceRoutes({ users } as unknown as Pick<CoreParts, 'users'>);
  const ctx = {
    actor,
    request: { secure: true },
    links: { to: (surface: string, path: string) => `/${surface}${path}` },
  } as unknown as RouteContext;
  assert.ok(route);
  const choose = async (input: object): Promise<Redirect> =>
    (await route.handle(ctx, input as never)) as Redirect;
  return { choose, languages, input: route.input };
}

describe('Preferences of the dashboards [module:core] [surface:admin] [surface:store]', () => {
  it('keep a language with the person and in the browser, and lead back', async () => {
    const { choose, languages } = kit();
    const answer = await choose({ language: 'lb', next: '/admin/stores?page=2' });
    assert.deepEqual(languages, ['u1 lb']);
    assert.equal(answer.location, '/admin/stores?page=2');
    assert.deepEqual(answer.headers?.['Set-Cookie'], [
      'wz_language=lb; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure',
    ]);
  });
  it('leave the language of a person alone as whom somebody else acts', async () => {
    const { choose, languages } = kit({ kind: 'user', userId: 'u1', impersonator: { userId: 'u2' } });
    assert.match(String((await choose({ language: 'lb' })).headers?.['Set-Cookie']), /wz_language=lb/);
    assert.deepEqual(languages, []);
  });
  it('keep the scheme in the browser only', async () => {
    const { choose, languages } = kit();
    const answer = await choose({ scheme: 'dark' });
    assert.deepEqual(languages, []);
    assert.match(String(answer.headers?.['Set-Cookie']), /^wz_scheme=dark; /);
    assert.equal(answer.location, '/admin/');
  });
  it('are open to people who are not signed in yet', async () => {
    const { choose, languages } = kit({ kind: 'anonymous' });
    assert.match(String((await choose({ language: 'fr' })).headers?.['Set-Cookie']), /wz_language=fr/);
    assert.deepEqual(languages, []);
  });
  it('lead to no other site', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      assert.equal((await kit().choose({ next })).location, '/admin/');
  });
  it('take only what there is', () => {
    const { input } = kit();
    assert.equal(input.safeParse({ language: 'xx' }).success, false);
    assert.equal(input.safeParse({ scheme: 'neon' }).success, false);
  });
});
