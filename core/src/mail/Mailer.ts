import type { z } from 'zod';
import { uuidv7 } from '../database/uuid.js';
import type { JobQueue } from '../jobs/JobQueue.js';
import type { Language, TenantContext } from '../kernel/context.js';
import { defineJob, type JobDefinition, type JobRef } from '../kernel/job.js';
import type { MailTransport } from './MailTransport.js';
import {
  checkMessage,
  mailMessageSchema,
  type MailAddress,
  type MailAttachment,
  type MailMessage,
} from './message.js';

/** What a template of a mail amounts to. */
export interface RenderedMail {
  readonly subject: string;
  readonly html?: string;
  readonly text: string;
}

/** Renders the templates of mails; a template is `plugin/name`. */
export interface MailRenderer {
  render(
    ctx: TenantContext,
    template: string,
    data: Readonly<Record<string, unknown>>,
    language: Language,
  ): Promise<RenderedMail>;
}

interface Envelope {
  readonly to: string | MailAddress;
  /** Left out: the sender of the installation. */
  readonly from?: MailAddress;
  readonly replyTo?: string | MailAddress;
  /** Left out: the language of `ctx`. */
  readonly language?: Language;
  /** Files that go along, at most 6 MB together. */
  readonly attachments?: readonly MailAttachment[];
}

/** A mail by template, or written out. */
export type Mail = Envelope &
  ({ readonly template: string; readonly data?: Readonly<Record<string, unknown>> } | RenderedMail);

const SEND_MAIL: JobRef<MailMessage> = {
  name: 'core.sendMail',
  input: mailMessageSchema as z.ZodType<MailMessage>,
};

/** Sends mails, by a job: in the transaction of what they tell of, and never before it is committed. */
export class Mailer {
  readonly #jobs: Pick<JobQueue, 'enqueue'>;
  readonly #renderer: MailRenderer;
  readonly #sender: MailAddress;

  /** @param deps.sender who mails come from, as configured */
  constructor(deps: {
    readonly jobs: Pick<JobQueue, 'enqueue'>;
    readonly renderer: MailRenderer;
    readonly sender: MailAddress;
  }) {
    this.#jobs = deps.jobs;
    this.#renderer = deps.renderer;
    this.#sender = deps.sender;
  }

  /**
   * Queues one mail to one person in the transaction of `ctx`.
   *
   * @returns the mail's id; deliveries that are tried again carry it as their Message-ID
   * @throws {MailInvalid} for a bad address, a line break in a header, or a missing subject
   * @throws {TenantMissing} outside of a transaction
   */
  async send(ctx: TenantContext, mail: Mail): Promise<string> {
    const language = mail.language ?? ctx.language;
    const content =
      'template' in mail ? await this.#renderer.render(ctx, mail.template, mail.data ?? {}, language) : mail;
    const message = checkMessage({
      id: uuidv7(ctx.now),
      from: mail.from ?? this.#sender,
      to: party(mail.to),
      ...(mail.replyTo !== undefined && { replyTo: party(mail.replyTo) }),
      subject: content.subject,
      ...(content.html !== undefined && { html: content.html }),
      text: content.text,
      ...(mail.attachments !== undefined && { attachments: mail.attachments }),
      language,
    });
    await this.#jobs.enqueue(ctx, SEND_MAIL, message);
    return message.id;
  }
}

/** The job that hands a queued mail to the transport. */
export function sendMailJob({ transport }: { readonly transport: MailTransport }): JobDefinition {
  return defineJob({
    name: SEND_MAIL.name,
    input: mailMessageSchema,
    maxAttempts: 12,
    // Checked again by the schema: what waits in the queue is not trusted either.
    run: (ctx, message) => transport.deliver(ctx, message),
  });
}

const party = (to: string | MailAddress): MailAddress => (typeof to === 'string' ? { address: to } : to);
