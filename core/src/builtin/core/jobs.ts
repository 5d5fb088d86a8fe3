import { cleanOutboxJob } from '../../events/cleanOutbox.js';
import { deliverEventJob } from '../../events/deliverEvent.js';
import { cleanIdempotencyKeysJob } from '../../idempotency/cleanIdempotencyKeys.js';
import { cleanSessionsJob } from '../../identity/cleanSessions.js';
import { cleanJobProgressJob } from '../../jobs/cleanJobProgress.js';
import type { JobDefinition } from '../../kernel/job.js';
import { sendMailJob } from '../../mail/Mailer.js';
import type { CoreParts } from './CoreParts.js';
import { reviewDomainsJob } from './reviewDomainsJob.js';

/** Work that the core's own services hand to the queue. */
export const coreJobs = (parts: CoreParts): JobDefinition[] => [
  deliverEventJob(parts),
  cleanOutboxJob(parts),
  cleanIdempotencyKeysJob(parts),
  cleanSessionsJob(parts),
  cleanJobProgressJob(parts),
  sendMailJob(parts),
  parts.people.passwordResets.job,
  reviewDomainsJob(parts),
];
