import { defineError } from '../errors/defineError.js';

/** The Host header (or what a trusted proxy says it was) is missing, doubled or not a host name. */
export const MalformedHost = defineError<{ reason: string }>({
  code: 'MALFORMED_HOST',
  status: 400,
  message: (d) => `The host name of this request cannot be used: ${d.reason}.`,
});
