import { HelperMisuse, described, type HelperCall } from './helper.js';

/**
 * `{{errorText form.error}}`: what went wrong, in the page's language.
 *
 * Takes `{ code, message }`; says the translation `{plugin}.errors.{CODE}` or `core.errors.{CODE}` where there
 * is one (without parameters), else the error's own English message.
 */
export function errorText(error: unknown, call: HelperCall): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string')
    throw new HelperMisuse(call, `errorText takes { code, message }, not ${described(error)}`);
  const { words } = call.data.frame;
  const own = `${code.slice(0, Math.max(0, code.indexOf('_'))).toLowerCase()}.errors.${code}`;
  if (words.has(own)) return words.text(own);
  const general = `core.errors.${code}`;
  return words.has(general) ? words.text(general) : message;
}
