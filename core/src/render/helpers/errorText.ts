import { HelperMisuse, described, type HelperCall } from './helper.js';

/**
 * `{{errorText form.error}}`: what went wrong, in the page's language.
 *
 * Takes `{ code, message, data? }`; says the translation `{module}.errors.{CODE}` with the data in it where there
 * is one that they fill, else the message that was given.
 */
export function errorText(error: unknown, call: HelperCall): string {
  const { code, message, data } = (error ?? {}) as { code?: unknown; message?: unknown; data?: object };
  if (typeof code !== 'string' || typeof message !== 'string')
    throw new HelperMisuse(call, `errorText takes { code, message }, not ${described(error)}`);
  return call.data.frame.words.ofCode(code, data) ?? message;
}
