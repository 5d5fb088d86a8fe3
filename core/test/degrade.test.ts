import assert from 'node:assert/strict';
import { definePlugin, defineRoute, defineService, type AnyPlugin } from '../src/index.js';
import { startTestServer, testHost, type TestAppServer } from '../src/testing/index.js';

const Engine = defineService<object>()('engine.main', { major: 1 });
const fails = (): never => {
  throw new Error('broken on purpose');
};
const route = (code: string) =>
  defineRoute({
    method: 'GET',
    path: `/${code}`,
    surface: 'platform',
    kind: 'api',
    access: 'public',
    handle: () => ({ code }),
  });

const engine = (change: Readonly<Record<string, unknown>>): AnyPlugin =>
  definePlugin({
    code: 'engine',
    name: 'Engine',
    description: 'Is needed.',
    provides: { main: Engine },
    services: { main: () => ({}) },
    routes: () => [route('engine')],
    ...change,
  }) as AnyPlugin;
const car = definePlugin({
  code: 'car',
  name: 'Car',
  description: 'Needs an engine.',
  requires: { engine: Engine },
  routes: () => [route('car')],
}) as AnyPlugin;
const bike = definePlugin({
  code: 'bike',
  name: 'Bike',
  description: 'Needs nothing.',
  routes: () => [route('bike')],
}) as AnyPlugin;

describe('a host with a plugin that fails [module:core]', () => {
  for (const [when, change] of [
    ['is made', { services: { main: fails } }],
    ['says its routes', { routes: fails }],
    ['starts', { start: fails }],
  ] as const) {
    it(`serves the others without those that need it, when it fails as it ${when}`, async () => {
      const server: TestAppServer = await startTestServer({
        hosts: [testHost({ plugins: [engine(change), car, bike], onBootFailure: 'degrade' })],
      });
      try {
        const client = server.client({ host: 'test.lu' });
        const status = async (code: string) => (await client.get(`/api/v1/platform/${code}`)).status;
        assert.deepEqual(
          [await status('engine'), await status('car'), await status('bike')],
          [404, 404, 200],
        );
        assert.deepEqual(server.log.errors.map(({ fields }) => [fields['plugin'], fields['state']]).sort(), [
          ['car', 'blocked'],
          ['engine', 'failed'],
        ]);
        assert.deepEqual(
          server.parts.modules
            .list(server.context())
            .modules.filter(({ isCore }) => !isCore)
            .map(({ code }) => code),
          ['bike'],
        );
      } finally {
        await server.stop();
      }
    });

    it(`does not start when it fails as it ${when}, unless it may degrade`, async () => {
      await assert.rejects(startTestServer({ plugins: [engine(change), car, bike] }), /broken on purpose/);
    });
  }

  it('does not start without what its plugins require', async () => {
    await assert.rejects(
      startTestServer({ plugins: [car] }),
      /P201 plugin 'car' requires 'engine\.main': add the plugin that provides it to the host/,
    );
  });
});
