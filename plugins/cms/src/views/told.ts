import { flash, type FlashMessage, redirect, type Redirect, type RouteContext } from '@wizamart/core';

/** Leads on, where the next page says what was done, with the way back where there is one. */
export const told = (
  ctx: RouteContext,
  address: string,
  key: string,
  more: Pick<FlashMessage, 'undo' | 'values'> = {},
): Redirect => redirect(address, 303, flash(ctx, { kind: 'success', key, ...more }));
