import type { z } from 'zod';
import { uuidv7 } from '../database/uuid.js';
import type { JobQueue } from '../jobs/JobQueue.js';
import type { Language, TenantContext } from '../kernel/context.js';
import type { Entitlements } from '../modules/entitlements/Entitlements.js';
import { defineJob, type JobDefinition, type JobRef } from '../kernel/job.js';
import { EmailLimitReached } from './errors.js';
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
  /** Left out: `refuse`. */
  readonly allowance?: MailAllowance;
}

/**
 * What a mail takes of the e-mails that the store's merchant has in a month: `refuse` counts it, and sends none beyond
 * the limit; `exceed` counts and sends: what must not be lost; `none` does neither: of accounts, invitations, the
 * platform itself, or counted before. Without a store there is nothing to count.
 */
export type MailAllowance = 'refuse' | 'exceed' | 'none';

/** Code of the limit that tiers bound. */
export const EMAIL_LIMIT = 'emails';

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
  readonly #entitlements: Pick<Entitlements, 'consume'>;

  /** @param deps.sender who mails come from, as configured */
  constructor(deps: {
    readonly jobs: Pick<JobQueue, 'enqueue'>;
    readonly renderer: MailRenderer;
    readonly sender: MailAddress;
    readonly entitlements: Pick<Entitlements, 'consume'>;
  }) {
    this.#jobs = deps.jobs;
    this.#renderer = deps.renderer;
    this.#sender = deps.sender;
    this.#entitlements = deps.entitlements;
  }

  /**
   * Queues one mail to one person in the transaction of `ctx`.
   *
   * @returns the mail's id; deliveries that are tried again carry it as their Message-ID
   * @throws {MailInvalid} for a bad address, a line break in a header, or a missing subject
   * @throws {EmailLimitReached} where the merchant's e-mails of the month are used up
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
    await this.count(ctx, mail.allowance);
    await this.#jobs.enqueue(ctx, SEND_MAIL, message);
    return message.id;
  }

  /**
   * Counts a mail that is written later, by a job: who asks for it is told at once that none is left. The mail itself
   * goes out with the allowance `none`.
   *
   * @throws {EmailLimitReached}
   */
  async count(ctx: TenantContext, allowance: MailAllowance = 'refuse'): Promise<void> {
    if (allowance === 'none' || !ctx.store || !ctx.merchant) return;
    const beyond = allowance === 'exceed' ? 'count' : 'refuse';
    await this.#entitlements.consume(ctx, EMAIL_LIMIT, { error: EmailLimitReached, beyond });
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
