import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openMessaging, type Messaging } from '../jobs/messaging.fixture.js';
import { eventually } from '../testing/eventually.js';
import { CAUGHT_MAIL_LIMIT, CaughtMail } from './CaughtMail.js';
import { Mailer, sendMailJob, type Mail } from './Mailer.js';
import type { MailMessage } from './message.js';
import { SmtpTransport } from './SmtpTransport.js';

const sender = { name: 'Wizamart', address: 'no-reply@wizamart.example' };
const message: MailMessage = {
  id: '019c0000-0000-7000-8000-000000000001',
  from: sender,
  to: { name: 'Ada', address: 'ada@customer.example' },
  subject: 'Grüezi',
  html: '<p>Hi</p>',
  text: 'Hi',
  language: 'en',
};

describe('[module:core] mail delivery', () => {
  let kit: Messaging;
  let caught: CaughtMail;
  let mailer: Mailer;
  before(async () => {
    kit = await openMessaging();
    caught = new CaughtMail({ database: kit.database });
    kit.job('core', sendMailJob({ transport: caught }));
    mailer = new Mailer({
      jobs: kit.queue,
      renderer: { render: async () => ({ subject: 'x', text: 'x' }) },
      sender,
      entitlements: { consume: () => assert.fail('without a store nothing is counted') },
    });
  });
  after(() => kit.close());

  it('catches a mail after the commit, not of a transaction that was rolled back', async () => {
    const ctx = kit.context({ platformId: kit.platform() });
    const mail: Mail = {
      to: { name: 'Ada', address: 'ada@customer.example' },
      subject: 'Welcome',
      text: 'Hi',
      html: '<p>Hi</p>',
      language: 'de',
    };
    await assert.rejects(
      kit.database.unit(ctx, async (inner) => {
        await mailer.send(inner, { ...mail, subject: 'never' });
        throw new Error('changed my mind');
      }),
    );
    const id = await kit.database.unit(ctx, (inner) => mailer.send(inner, mail));
    await kit.work();
    const [only] = await eventually(async () => {
      const mails = await caught.list();
      return mails.length > 0 && mails;
    });
    assert.deepEqual(only, {
      id,
      to: 'Ada <ada@customer.example>',
      subject: 'Welcome',
      language: 'de',
      caughtAt: kit.clock.now(),
    });
    assert.deepEqual((await caught.get(id))?.html, '<p>Hi</p>');
    assert.equal(await caught.get('nonsense'), undefined);
  });
  it('catches a mail once that is delivered twice, and keeps the newest only', async () => {
    const ctx = kit.context({ platformId: kit.platform() });
    for (let i = 0; i < CAUGHT_MAIL_LIMIT + 5; i++) {
      const id = `019c0000-0000-7000-8000-${String(i).padStart(12, '0')}`;
      await caught.deliver(
        { ...ctx, now: new Date(kit.clock.ms + i * 1_000) },
        { ...message, id, subject: `mail ${i}` },
      );
    }
    await caught.deliver(
      { ...ctx, now: new Date(kit.clock.ms + 999_000) },
      { ...message, id: `019c0000-0000-7000-8000-${String(100).padStart(12, '0')}`, subject: 'again' },
    );
    const mails = await caught.list(10_000);
    assert.deepEqual([mails.length, mails[0]?.subject], [CAUGHT_MAIL_LIMIT, `mail ${CAUGHT_MAIL_LIMIT + 4}`]);
    assert.equal((await caught.list()).length, 100);
    const [kept] = await kit.database.system((tx) =>
      tx.query<{ count: number }>('SELECT count(*)::int AS count FROM core_caught_mail'),
    );
    assert.equal(kept?.count, CAUGHT_MAIL_LIMIT);
    assert.ok(!mails.some(({ subject }) => subject === 'again'));
  });
  it('delivers over SMTP with a Message-ID that stays the same', async () => {
    const smtp = await smtpServer();
    const transport = new SmtpTransport(`smtp://127.0.0.1:${smtp.port}`);
    const ctx = kit.context({ platformId: kit.platform() });
    try {
      await transport.deliver(ctx, message);
      await transport.deliver(ctx, message);
      assert.equal(smtp.mails.length, 2);
      for (const raw of smtp.mails) {
        assert.match(raw, /^Message-ID: <019c0000-0000-7000-8000-000000000001@wizamart\.example>\r$/m);
        assert.match(raw, /^From: Wizamart <no-reply@wizamart\.example>\r$/m);
        assert.match(raw, /^To: Ada <ada@customer\.example>\r$/m);
        assert.match(raw, /^Subject: =\?UTF-8\?/m);
        assert.match(raw, /^Content-Language: en\r$/m);
      }
    } finally {
      await transport.close();
      await smtp.close();
    }
  });
  it('sends files along', async () => {
    const smtp = await smtpServer();
    const transport = new SmtpTransport(`smtp://127.0.0.1:${smtp.port}`);
    const content = Buffer.from('%PDF-1.7 invoice').toString('base64');
    try {
      await transport.deliver(kit.context({ platformId: kit.platform() }), {
        ...message,
        attachments: [{ name: 'INV-1.pdf', type: 'application/pdf', content }],
      });
      assert.match(smtp.mails[0] ?? '', /^Content-Type: application\/pdf; name=INV-1\.pdf\r$/m);
      assert.ok(smtp.mails[0]?.includes(content));
    } finally {
      await transport.close();
      await smtp.close();
    }
  });
  it('fails the job when the server refuses, so that it is tried again', async () => {
    const smtp = await smtpServer('550 no such user');
    const transport = new SmtpTransport(`smtp://127.0.0.1:${smtp.port}`);
    try {
      await assert.rejects(transport.deliver(kit.context({ platformId: kit.platform() }), message), /550/);
    } finally {
      await transport.close();
      await smtp.close();
    }
  });
});

/** Speaks just enough SMTP to take mails. */
async function smtpServer(
  toRecipient = '250 ok',
): Promise<{ port: number; mails: string[]; close(): Promise<void> }> {
  const mails: string[] = [];
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let data: string | undefined,
      rest = '';
    const answer = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    answer('220 test');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== undefined) {
          if (line === '.') {
            mails.push(data);
            data = undefined;
            answer('250 ok');
          } else data += `${line}\r\n`;
        } else if (line === 'DATA') {
          data = '';
          answer('354 go on');
        } else if (line.startsWith('RCPT')) answer(toRecipient);
        else if (line === 'QUIT') {
          answer('221 bye');
          socket.end();
        } else answer('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port: (server.address() as AddressInfo).port, mails, close };
}
