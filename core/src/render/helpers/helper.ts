import type { RenderData } from '../RenderState.js';

/** What Handlebars hands to a helper after its arguments. */
export interface HelperCall {
  readonly hash: Readonly<Record<string, unknown>>;
  readonly data: RenderData;
  readonly loc: { readonly start: { readonly line: number } };
}

export type Helper = (...args: never[]) => unknown;

/** A helper was used wrongly; carries the line of the template. */
export class HelperMisuse extends Error {
  readonly lineNumber: number;

  constructor(call: HelperCall, message: string, options?: ErrorOptions) {
    super(message, options);
    this.lineNumber = call.loc.start.line;
  }
}

/** The argument as text. @throws {HelperMisuse} when it is missing or no text */
export function textArgument(value: unknown, what: string, call: HelperCall): string {
  if (typeof value !== 'string')
    throw new HelperMisuse(call, `${what} must be a text, not ${described(value)}`);
  return value;
}

/** A wrong argument in words, for messages. */
export function described(value: unknown): string {
  if (value === undefined) return 'undefined (is the name of the field right?)';
  return value === null ? 'null' : `${typeof value} ${JSON.stringify(value)?.slice(0, 60) ?? ''}`.trim();
}
