import assert from 'node:assert/strict';
import type { Actor } from '../../../kernel/context.js';
import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { RouteContext } from '../../../kernel/route.js';
import { startTestServer, type TestAppServer } from '../../../testing/index.js';
import { GLOBAL_PLATFORM } from '../../../tenancy/globalPlatform.js';
import { agoText } from './ago.js';
import { trailLines } from './trailLines.js';

const READER = '01935a3e-7c00-7000-8000-000000000001';
const all = { has: () => true };

describe('Lines of the audit trail in words [module:core] [surface:admin]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ plugins: [] });
  });
  after(() => server.stop());

  const reader = (over: Partial<RouteContext> = {}): RouteContext =>
    ({
      ...server.context(),
      surface: 'admin',
      actor: { kind: 'user', userId: READER, permissions: all } as unknown as Actor,
      ...over,
    }) as RouteContext;
  const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
    id: '01935a3e-7c00-7000-8000-000000000004',
    occurredAt: server.clock.now(),
    actor: { kind: 'system', id: null, name: 'wizamart modules' },
    action: 'core.session.opened',
    subject: { type: 'user', id: 'x', name: null },
    from: null,
    to: null,
    impersonator: null,
    requestId: 'r',
    platformId: server.platform().id,
    merchantId: null,
    storeId: null,
    ...over,
  });
  const say = async (over: Partial<AuditEntry>, ctx = reader()) => {
    const [line] = await trailLines(server.parts, ctx, [entry(over)]);
    assert.ok(line);
    return line;
  };

  it('name people, modules, the command line, visitors and who acts as somebody', async () => {
    const ann = await server.parts.users.create(
      { email: 'ann@example.org', name: 'Ann Weber' },
      server.clock.now(),
    );
    const who = async (over: Partial<AuditEntry>) => (await say(over)).who;
    const system = (name: string) => ({ actor: { kind: 'system', id: null, name } as const });
    const user = { kind: 'user', id: ann.id, name: 'old@example.org' } as const;
    assert.equal(await who({ actor: user }), 'Ann Weber');
    assert.equal(
      await who({ actor: { ...user, id: '01935a3e-7c00-7000-8000-000000000009' } }),
      'old@example.org',
    );
    assert.equal(await who(system('wizamart modules')), 'Command line');
    assert.equal(await who(system('platform-admin.someJob')), 'Merchants & stores');
    assert.equal(await who(system('core.reviewDomains')), 'The system');
    assert.equal(await who(system('core.demo')), 'Demo data');
    assert.equal(await who({ actor: { kind: 'anonymous', id: null, name: 'anonymous' } }), 'Somebody');
    assert.equal(
      await who({
        actor: { kind: 'user', id: null, name: 'sam@example.org' },
        impersonator: { id: ann.id, name: 'a@example.org' },
      }),
      'Ann Weber as sam@example.org',
    );
  });

  it('name what it was done to as it is called now, as it was called once it is gone, and link what may be opened', async () => {
    const store = await server.store();
    const about = (id: string) => ({
      action: 'core.store.update',
      subject: { type: 'store', id, name: 'Old name' },
    });
    const now = await say(about(store.id));
    assert.equal(now.text, `changed the store ${store.name}`);
    assert.equal(now.subject, store.name);
    assert.match(now.subjectHref ?? '', new RegExp(`/stores/${store.id}$`));
    const gone = await say(about('01935a3e-7c00-7000-8000-000000000009'));
    assert.equal(gone.text, 'changed the store Old name');
    const without = {
      actor: { kind: 'user', userId: READER, permissions: { has: () => false } } as unknown as Actor,
    };
    assert.equal((await say(about(store.id), reader(without))).subjectHref, null);
    const above = await say(about(store.id), reader({ platform: GLOBAL_PLATFORM }));
    assert.match(
      above.subjectHref ?? '',
      new RegExp(`/platforms/${server.platform().code}/stores/${store.id}$`),
    );
    assert.equal(above.place, server.platform().name);
  });

  it('tell which modules were turned on and off, and where', async () => {
    const change = {
      action: 'core.modules.changed',
      subject: { type: 'platform', id: server.platform().id, name: 'x' },
      from: { revision: 1, modules: ['core'] },
      to: { revision: 2, modules: ['core', 'platform-admin'] },
    };
    assert.equal((await say(change)).text, 'turned on Merchants & stores');
    assert.equal(
      (await say(change, reader({ platform: GLOBAL_PLATFORM }))).text,
      `turned on Merchants & stores for ${server.platform().name}`,
    );
    assert.equal(
      (await say({ ...change, from: change.to, to: change.from })).text,
      'turned off Merchants & stores',
    );
  });

  it('are said in the reader’s language, and show the code of an action that no module describes', async () => {
    assert.equal((await say({}, reader({ language: 'de' }))).text, 'hat sich angemeldet');
    assert.equal((await say({}, reader({ language: 'lb' }))).text, 'huet sech ugemellt');
    assert.match((await say({ action: 'gone.thing.done' })).text, /gone\.thing\.done/);
  });

  it('take two queries for a hundred lines', async () => {
    const store = await server.store();
    let queries = 0;
    const counted = {
      ...server.parts,
      users: { byIds: async () => ((queries += 1), []) },
      database: {
        directory: async () => ((queries += 1), []),
      },
    } as unknown as typeof server.parts;
    const entries = Array.from({ length: 100 }, (_, index) =>
      entry({
        actor: { kind: 'user', id: `01935a3e-7c00-7000-8000-${String(index).padStart(12, '0')}`, name: 'x' },
        subject: { type: 'store', id: store.id, name: 'y' },
      }),
    );
    assert.equal((await trailLines(counted, reader(), entries)).length, 100);
    assert.equal(queries, 2);
  });

  it('say how long ago it was as people do', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const words = server.parts.translator.words('en');
    const ago = (at: string) => agoText(words.text.bind(words), 'en', new Date(at), now);
    assert.equal(ago('2026-11-20T11:59:40Z'), 'just now');
    assert.equal(ago('2026-11-20T11:48:00Z'), '12 min ago');
    assert.equal(ago('2026-11-20T09:00:00Z'), '3 h ago');
    assert.equal(ago('2026-11-19T15:04:00Z'), 'Yesterday 16:04');
    assert.equal(ago('2026-11-17T15:04:00Z'), '17 Nov 2026');
  });
});
