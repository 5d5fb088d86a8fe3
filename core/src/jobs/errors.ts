import { defineError } from '../errors/defineError.js';

/** A job was enqueued that no installed plugin declares: a fault of the programme. */
export const UnknownJob = defineError<{ job: string }>({
  code: 'JOB_UNKNOWN',
  status: 500,
  message: (d) => `No installed plugin declares the job '${d.job}': add it to the plugin's jobs.`,
});

/** A job's payload does not fit its input schema: a fault of the programme. */
export const JobPayloadInvalid = defineError<{ job: string; reason: string }>({
  code: 'JOB_PAYLOAD_INVALID',
  status: 500,
  message: (d) => `The payload for the job '${d.job}' does not fit its input: ${d.reason}`,
});

/** There is no such job that could be shown, run again or cancelled. */
export const JobNotFound = defineError<{ id: string }>({
  code: 'JOB_NOT_FOUND',
  status: 404,
  message: (d) => `There is no job ${d.id} that waits or failed.`,
});

/** A job that runs is not taken away. */
export const JobRuns = defineError<{ id: string }>({
  code: 'JOB_RUNS',
  status: 409,
  message: (d) => `Job ${d.id} runs just now and is not stopped in the middle; try again when it has ended.`,
});
