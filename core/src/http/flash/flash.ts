import type { RouteContext } from '../../kernel/route.js';
import type { Flash } from '../../render/PageFrame.js';

/** What an action led to, told on the next page. */
export interface FlashMessage {
  readonly kind: 'info' | 'success' | 'warning' | 'error';
  /** Key of the sentence. */
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where a POST takes it back, on this site; shown as a button beside the sentence. */
  readonly undo?: {
    /** Path, as made by `ctx.links`. */
    readonly action: string;
    readonly fields?:
      readonly { readonly name: string; readonly value: string }[] | Readonly<Record<string, string>>;
  };
}

/** As it travels: made by `flash`, signed into a cookie by the HTTP layer. */
export interface CarriedFlash {
  readonly surface: string;
  readonly kind: Flash['kind'];
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly undo: {
    readonly action: string;
    readonly fields: readonly { name: string; value: string }[];
  } | null;
}

/** By this header a handler hands a flash to the HTTP layer, which never sends it. */
export const FLASH_HEADER = 'x-wizamart-flash';

/** Browsers keep cookies of up to 4096 bytes, with name and signature. */
const LONGEST = 3_000;

/**
 * Headers for a redirect, so that the next page of the dashboards says what happened:
 * `redirect(address, 303, flash(ctx, { kind: 'success', key: 'core.form.saved' }))`.
 *
 * Beside other headers: `{ ...headers, ...flash(…) }`. Shown once, within a minute, to this browser only.
 *
 * @throws {TypeError} when it is too long for a cookie: hand over ids, not contents
 */
export function flash(ctx: Pick<RouteContext, 'surface'>, message: FlashMessage): Record<string, string> {
  const { kind, key, values = {}, undo } = message;
  const carried: CarriedFlash = {
    surface: ctx.surface,
    kind,
    key,
    values,
    undo: undo ? { action: undo.action, fields: fieldsOf(undo.fields ?? []) } : null,
  };
  const text = Buffer.from(JSON.stringify(carried)).toString('base64url');
  if (text.length > LONGEST)
    throw new TypeError(
      `the flash '${key}' takes ${text.length} characters, more than the ${LONGEST} of a cookie`,
    );
  return { [FLASH_HEADER]: text };
}

function fieldsOf(
  fields: readonly { readonly name: string; readonly value: string }[] | Readonly<Record<string, string>>,
): { name: string; value: string }[] {
  const list = Array.isArray(fields)
    ? (fields as readonly { readonly name: string; readonly value: string }[])
    : Object.entries(fields as Readonly<Record<string, string>>).map(([name, value]) => ({ name, value }));
  return list.map(({ name, value }) => ({ name, value }));
}
