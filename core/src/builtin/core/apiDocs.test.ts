import assert from 'node:assert/strict';
import { z } from 'zod';
import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import { defineRoute } from '../../kernel/route.js';
import { startTestServer, type TestAppServer } from '../../testing/startTestServer.js';
import { testHost } from '../../testing/testHost.js';

const shelves = definePlugin({
  code: 'shelves',
  name: 'Shelves',
  description: 'Keeps shelves.',
  routes: () => [
    defineRoute({
      method: 'POST',
      path: '/shelves',
      surface: 'store',
      kind: 'api',
      access: 'signed-in',
      summary: 'Put up a shelf',
      input: z.object({ label: z.string().max(40) }),
      output: z.object({ label: z.string() }),
      example: { label: "Ada's" },
      handle: () => ({ label: '' }),
    }),
  ],
}) as AnyPlugin;

describe('the API reference [module:core] [surface:platform]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({
      hosts: [
        testHost({ code: 'main', plugins: [shelves] }),
        testHost({ code: 'bare', plugins: [shelves], on: [] }),
      ],
    });
  });
  after(() => server.stop());
  const page = async (path: string, host = 'main.lu'): Promise<string> =>
    (await server.client({ host }).get(path)).expect(200).html;

  it('shows each operation with parameters, body, example, answers and a line for the shell', async () => {
    const html = await page('/api/docs');
    assert.match(
      html,
      /POST<\/span> <code class="operation__path">\/store\/\{store\}\/api\/v1\/store\/shelves<\/code>/,
    );
    assert.match(html, /Put up a shelf/);
    assert.match(html, /<code>label<\/code>/);
    assert.match(html, /at most 40 characters/);
    assert.match(html, /Ada&#x27;s|Ada&#39;s/);
    assert.ok(html.includes('-H &quot;Authorization: Bearer $TOKEN&quot;'));
    // The apostrophe of the example must not end the word of the shell.
    assert.match(html, /Ada(&#x27;|&#39;)\\(&#x27;|&#39;){2}s/);
  });

  it('is there for every platform, by its host and by its path, with the modules that are on', async () => {
    assert.doesNotMatch(await page('/api/docs', 'bare.lu'), /Put up a shelf/);
    assert.match(await page('/platforms/main/api/docs', 'localhost'), /Put up a shelf/);
    assert.match(await page('/platforms/bare/api/docs', 'localhost'), /auth\/login/);
  });

  it('finds operations without a script', async () => {
    const html = await page('/api/docs?q=shelf+POST');
    assert.match(html, /Put up a shelf/);
    assert.doesNotMatch(html, /auth\/login<\/code>/);
    assert.match(await page('/api/docs?q=%3Cscript%3E'), /&lt;script&gt;/);
  });

  it('is unmoved by foreign and overlong queries', async () => {
    await page(`/api/docs?utm_source=x&q=${'a'.repeat(500)}`);
  });

  it('has nothing inline that the content security policy would refuse', async () => {
    assert.doesNotMatch(await page('/api/docs'), /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  });

  it('can only be read', async () => {
    (await server.client({ host: 'main.lu' }).post('/api/docs')).expect(405, 403);
  });
});
