import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import { startTestServer, type TestAppServer } from '../../../testing/index.js';
import type { TestClient } from '../../../testing/TestClient.js';

const PASSWORD = 'correct horse battery';

describe('The pages of the own account [module:core] [surface:admin]', () => {
  let server: TestAppServer;
  let client: TestClient;
  before(async () => {
    server = await startTestServer({ plugins: [] });
    const admin = await server.user({ adminOf: 'test', password: PASSWORD });
    client = await server.signIn(admin, { surface: 'admin', root: '/platforms/test/admin' });
  });
  after(async () => {
    await server.stop();
    assert.deepEqual(server.log.errors, []);
  });

  for (const name of ['', 'Ann\nBcc: all@example.org', 'Ann \u202egro.elpmaxe', 'Ann\u2066', 'x'.repeat(121)])
    it(`take no name that is ${JSON.stringify(name.slice(0, 12))}, and keep what was typed`, async () => {
      const answer = (await client.post('/profile', { form: { name, language: 'de' } })).expect(422);
      assert.match(answer.html, /one line of plain text/);
      assert.match(answer.html, /<option value="de" selected/);
    });

  for (const name of ['عبد الله', 'Zoë 👩‍💻', '<b>Ann</b>', 'x'.repeat(120)])
    it(`take the name ${name.slice(0, 12)}, and show it as it is`, async () => {
      (await client.post('/profile', { form: { name, language: '' } })).expect(303);
      const shown = (await client.get('/profile')).expect(200).html;
      assert.ok(shown.includes(`value="${name.replace(/</g, '&lt;').replace(/>/g, '&gt;')}"`), name);
      assert.doesNotMatch(shown, /<b>Ann/);
    });

  for (const email of ['', 'foo', 'a@b.example, c@d.example', '"><b>@x'])
    it(`say at its field that ${JSON.stringify(email)} is no address to change to`, async () => {
      const answer = await client.post('/profile/email', { form: { email, passwordForEmail: PASSWORD } });
      assert.match(answer.expect(422).html, /id="error-email"[\s\S]*?Enter another valid e-mail address/);
    });

  it('say where new codes are made when setting up was confirmed twice and the codes never seen', async () => {
    const page = (await client.post('/profile/totp', { form: {} })).expect(200).html;
    const secret = /id="totp-secret"[^>]*value="([^"]+)"/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: server.clock.now().getTime(),
    });
    const codes = (await client.post('/profile/totp/confirm', { form: { code } })).expect(200).html;
    assert.match(codes, /id="recovery-codes"[^>]*>(?:[\w-]+\n){10}</);
    (await client.post('/profile/totp/confirm', { form: { code } })).expect(303);
    assert.match((await client.get('/profile/security')).expect(200).html, /make new ones here/);
  });
});
