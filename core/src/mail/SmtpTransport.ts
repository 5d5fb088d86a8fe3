import type { Transporter } from 'nodemailer';
import type { TenantContext } from '../kernel/context.js';
import type { MailTransport } from './MailTransport.js';
import type { MailMessage } from './message.js';

/** Delivers through an SMTP server; the client is loaded with the first mail. */
export class SmtpTransport implements MailTransport {
  readonly #url: string;
  #transporter: Promise<Transporter> | undefined;

  /** @param url `smtp://user:password@host:587` or `smtps://…` */
  constructor(url: string) {
    this.#url = url;
  }

  async deliver(_ctx: TenantContext, message: MailMessage): Promise<void> {
    const transporter = await (this.#transporter ??= connect(this.#url));
    await transporter.sendMail({
      messageId: `<${message.id}@${message.from.address.split('@')[1]}>`,
      from: party(message.from),
      to: party(message.to),
      ...(message.replyTo && { replyTo: party(message.replyTo) }),
      subject: message.subject,
      text: message.text,
      ...(message.html !== undefined && { html: message.html }),
      attachments: (message.attachments ?? []).map(({ name, type, content }) => ({
        filename: name,
        contentType: type,
        content: Buffer.from(content, 'base64'),
      })),
      headers: { 'Content-Language': message.language },
      // A message is data: nothing in it may read a file or fetch an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async close(): Promise<void> {
    const transporter = await this.#transporter;
    transporter?.close();
    this.#transporter = undefined;
  }
}

async function connect(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as Parameters<typeof createTransport>[0]) as Transporter;
}

const party = ({ name, address }: MailMessage['to']): { name: string; address: string } => ({
  name: name ?? '',
  address,
});
