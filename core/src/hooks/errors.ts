import { defineError } from '../errors/defineError.js';

/** A tap that must not fail did; the cause is on `cause`. */
export const HookFailed = defineError<{ hook: string; tap: string; plugin: string }>({
  code: 'HOOK_FAILED',
  status: 500,
  message: (d) => `The tap '${d.tap}' of plugin '${d.plugin}' failed in hook '${d.hook}'.`,
});

/** A tap took longer than its limit; what it still does is no longer waited for. */
export const HookTimedOut = defineError<{ hook: string; tap: string; plugin: string; timeoutMs: number }>({
  code: 'HOOK_TIMED_OUT',
  status: 503,
  retryAfterSeconds: 5,
  message: (d) =>
    `The tap '${d.tap}' of plugin '${d.plugin}' took longer than ${d.timeoutMs} ms in hook '${d.hook}'.`,
});
