import assert from 'node:assert/strict';
import type { TenantContext } from '../kernel/context.js';
import { MailInvalid } from './errors.js';
import { Mailer, type Mail } from './Mailer.js';
import type { MailMessage } from './message.js';

describe('[module:core] Mailer', () => {
  it('queues a written mail with the sender of the installation and the language of the operation', async () => {
    const { send, queued } = kit();
    const id = await send({ to: 'ada@customer.example', subject: 'Hello', text: 'Hi' });
    assert.deepEqual(queued, [
      {
        id,
        from: { name: 'Wizamart', address: 'no-reply@wizamart.example' },
        to: { address: 'ada@customer.example' },
        subject: 'Hello',
        text: 'Hi',
        language: 'fr',
      },
    ]);
  });
  it('renders a template in the language asked for', async () => {
    const { send, queued } = kit();
    await send({
      to: { name: 'Ada', address: 'ada@customer.example' },
      template: 'core/welcome',
      data: { name: 'Ada' },
      language: 'de',
    });
    assert.deepEqual(
      { subject: queued[0]?.subject, language: queued[0]?.language },
      { subject: 'core/welcome de Ada', language: 'de' },
    );
  });
  it('refuses line breaks in what becomes a header', async () => {
    const { send, queued } = kit();
    const base = { to: 'ada@customer.example', subject: 'Hello', text: 'Hi' };
    const bad: Partial<Mail>[] = [
      { subject: 'Hello\r\nBcc: eve@evil.example' },
      { subject: 'Hello\nX: y' },
      { subject: 'a\u2028b' },
      { to: 'ada@customer.example\r\nBcc: eve@evil.example' },
      { to: { name: 'Ada\r\nBcc: eve@evil.example', address: 'ada@customer.example' } },
      { replyTo: 'eve@evil.example\nX: y' },
    ];
    for (const one of bad)
      await assert.rejects(send({ ...base, ...one } as Mail), MailInvalid, JSON.stringify(one));
    assert.equal(queued.length, 0);
  });
  it('refuses what is no single address', async () => {
    const { send } = kit();
    for (const to of [
      '',
      'ada',
      'ada@',
      'a@b.example, c@d.example',
      'Ada <ada@customer.example>',
      `${'a'.repeat(250)}@b.example`,
      'a"b@c.example',
    ]) {
      await assert.rejects(send({ to, subject: 'Hello', text: 'Hi' }), MailInvalid, to);
    }
  });
  it('refuses a mail without a subject, naming the field', async () => {
    await assert.rejects(
      kit().send({ to: 'ada@customer.example', subject: '', text: 'Hi' }),
      (error: MailInvalid) => error.errors?.[0]?.path === 'subject',
    );
  });
});

type MailInvalid = InstanceType<typeof MailInvalid>;

function kit() {
  const queued: MailMessage[] = [];
  const mailer = new Mailer({
    jobs: { enqueue: async (_ctx, _job, payload) => String(queued.push(payload as MailMessage)) },
    renderer: {
      render: async (_ctx, template, data, language) => ({
        subject: `${template} ${language} ${String(data['name'])}`,
        text: 'x',
      }),
    },
    sender: { name: 'Wizamart', address: 'no-reply@wizamart.example' },
    entitlements: { consume: () => assert.fail('without a store nothing is counted') },
  });
  const ctx = { language: 'fr', now: new Date('2026-11-20T05:00:00Z') } as TenantContext;
  return { send: (mail: Mail) => mailer.send(ctx, mail), queued };
}
