import fc from 'fast-check';
import type { AnyPlugin } from './plugin.js';
import { definePlugin } from './plugin.js';
import { defineService, type ServiceRef } from './service.js';

/** The service that a test plugin provides. */
export const tokenOf = (code: string, major = 1): ServiceRef =>
  defineService<object>()(`${code}.main`, { major });

/** A plugin that provides one service and requires those of others. */
export const plugin = (
  code: string,
  needs: readonly string[] = [],
  change: Readonly<Record<string, unknown>> = {},
): AnyPlugin =>
  definePlugin({
    code,
    name: code,
    description: code,
    requires: Object.fromEntries(needs.map((need) => [need.replaceAll('-', ''), tokenOf(need)])),
    provides: { main: tokenOf(code) },
    services: { main: () => ({ code }) },
    ...change,
  } as never) as AnyPlugin;

/** Codes with what each needs: any graph without circles. */
export const anyGraph = fc
  .integer({ min: 1, max: 10 })
  .chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, i) =>
        fc.subarray(Array.from({ length: i }, (_unused, j) => `p${j}`)),
      ),
    ),
  )
  .map((needs) => needs.map((list, i) => ({ code: `p${i}`, needs: list })));
