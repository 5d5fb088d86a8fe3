import assert from 'node:assert/strict';
import { defineError, definePlugin, defineRoute, view } from '../../src/index.js';
import { startTestServer, type TestAppServer } from '../../src/testing/index.js';

const Closed = defineError<{ until: string }>({
  code: 'FAULTY_CLOSED',
  status: 409,
  message: ({ until }) => `The shop <b>is</b> closed until ${until}.`,
});

const page = (path: string, handle: () => unknown) =>
  defineRoute({
    method: 'GET',
    path,
    surface: 'platform',
    kind: 'page',
    access: 'public',
    handle: handle as () => never,
  });

const faulty = definePlugin({
  code: 'faulty',
  name: 'Faulty',
  description: 'Fails in every way.',
  routes: () => [
    page('/boom', () => {
      throw new Error('the oven <script>alert(1)</script> is cold', { cause: new Error('no wood left') });
    }),
    page('/lost', () => view('faulty/nowhere', {})),
    page('/closed', () => {
      throw new Closed({ until: 'noon' });
    }),
    page('/text', () => {
      throw 'not even an error';
    }),
    defineRoute({
      method: 'GET',
      path: '/boom',
      surface: 'platform',
      kind: 'api',
      access: 'public',
      handle: () => {
        throw new Error('the secret recipe');
      },
    }),
  ],
});

describe('Error pages [module:core]', () => {
  for (const environment of ['development', 'production'] as const) {
    describe(`in ${environment}`, () => {
      let server: TestAppServer;
      before(async () => {
        server = await startTestServer({ plugins: [faulty], config: { environment } });
      });
      after(() => server.stop());
      afterEach(() => {
        server.log.clear();
      });
      const get = (path: string) => server.client({ host: 'test.lu' }).get(path);

      it(`an unexpected failure ${environment === 'development' ? 'shows where, whose and how to mend it' : 'shows nothing but a number to name'}`, async () => {
        const answer = (await get('/boom')).expect(500);
        const tells = [
          /the oven &lt;script&gt;/,
          /no wood left/,
          /<dd>faulty<\/dd>/,
          /GET \/boom/,
          /errorPages\.test\.ts/,
        ];
        for (const what of tells)
          (environment === 'development' ? assert.match : assert.doesNotMatch)(answer.html, what);
        assert.doesNotMatch(answer.html, /<script>alert/);
        assert.ok(answer.html.includes(String(answer.headers['x-request-id'])));
        assert.match(answer.html, /<html lang="en">/);
        assert.deepEqual(
          server.log.errors.map(({ fields }) => fields['plugin']),
          ['faulty'],
          'recorded once, as the plugin’s',
        );
        const costs = server.parts.attribution.list().filter(({ errors }) => errors > 0);
        assert.deepEqual(
          costs.map(({ plugin, platform, errors }) => [plugin, platform, errors]),
          [['faulty', 'test', 1]],
        );
      });

      it('a missing template is a page, and so is what is thrown but no error', async () => {
        for (const path of ['/lost', '/text']) assert.match((await get(path)).expect(500).html, /<h1>/);
        assert.equal(server.log.errors.length, 2);
      });

      it('an expected failure says its sentence, escaped, and is no error of ours', async () => {
        assert.match(
          (await get('/closed')).expect(409).html,
          /The shop &lt;b&gt;is&lt;\/b&gt; closed until noon\./,
        );
        assert.deepEqual(server.log.errors, []);
      });

      it('programmes get a problem without the inside', async () => {
        const answer = (await get('/api/v1/platform/boom')).expect(500);
        const problem = answer.json();
        assert.deepEqual(
          [problem['status'], problem['code'], problem['requestId']],
          [500, 'INTERNAL_ERROR', answer.headers['x-request-id']],
        );
        assert.doesNotMatch(answer.text, /recipe/);
      });
    });
  }
});
