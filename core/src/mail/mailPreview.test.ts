import assert from 'node:assert/strict';
import type { CaughtMailMessage } from './CaughtMail.js';
import { mailPreview } from './mailPreview.js';

const ID = '019c0000-0000-7000-8000-000000000001';
const mail: CaughtMailMessage = {
  id: ID,
  from: 'Wizamart <no-reply@wizamart.example>',
  to: 'ada@customer.example',
  subject: '<script>alert(1)</script>',
  language: 'en',
  caughtAt: new Date('2026-11-20T05:00:00Z'),
  html: '<p onclick="x()">Hi</p><script>alert(2)</script>',
  text: 'Hi <b>',
};
const mails = { list: async () => [mail], get: async (id: string) => (id === ID ? mail : undefined) };

describe('[module:core] mailPreview', () => {
  it('lists the mails, escaped', async () => {
    const answer = await mailPreview(mails, '/__dev/mail');
    assert.equal(answer?.status, 200);
    assert.match(answer.body, new RegExp(`<a href="/__dev/mail/${ID}">&lt;script&gt;`));
    assert.doesNotMatch(answer.body, /<script/);
    assert.match(answer.headers['Content-Security-Policy'] ?? '', /default-src 'none'/);
  });
  it('shows a mail, its HTML only in a sandboxed frame', async () => {
    const answer = await mailPreview(mails, `/__dev/mail/${ID}`);
    assert.match(
      answer?.body ?? '',
      new RegExp(`<iframe sandbox title="[^"]+" src="/__dev/mail/${ID}/html">`),
    );
    assert.doesNotMatch(answer?.body ?? '', /<script|onclick/);
    assert.match(answer?.body ?? '', /<pre>Hi &lt;b&gt;<\/pre>/);
  });
  it('answers the HTML with a policy that runs and loads nothing', async () => {
    const answer = await mailPreview(mails, `/__dev/mail/${ID}/html`);
    assert.equal(answer?.body, mail.html);
    const policy = answer.headers['Content-Security-Policy'] ?? '';
    assert.match(policy, /^sandbox; default-src 'none';/);
    assert.doesNotMatch(policy, /script-src|allow-scripts|https?:/);
  });
  it('answers 404 below its root and nothing elsewhere', async () => {
    assert.equal((await mailPreview(mails, '/__dev/mail/other'))?.status, 404);
    assert.equal((await mailPreview(mails, `/__dev/mail/${ID}/other`))?.status, 404);
    assert.equal((await mailPreview(mails, `/__dev/mail/${ID}/html/more`))?.status, 404);
    assert.equal(await mailPreview(mails, '/__dev/mailbox'), undefined);
  });
});
