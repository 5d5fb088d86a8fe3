import type { TenantContext } from './context.js';

declare const valueType: unique symbol;

/** A point inside an operation that other plugins may take part in; each tap gets the value and returns the next. */
export interface HookRef<Value = unknown> {
  /** `plugin.point`, for example `checkout.price`. */
  readonly name: string;
  readonly [valueType]?: Value;
}

export function defineHook<Value>(name: string): HookRef<Value> {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][A-Za-z0-9]*)+$/.test(name)) {
    throw new TypeError(`hook name '${name}' must read plugin.point, for example 'checkout.price'`);
  }
  return Object.freeze({ name });
}

export interface HookTap<Value = never> {
  readonly hook: HookRef<Value>;
  /** Unique per hook; others order themselves by it. Set by the kernel to the plugin's code where left out. */
  readonly name: string | undefined;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Milliseconds after which the tap counts as failed. */
  readonly timeoutMs: number;
  /** `skip` keeps the value as it was and reports the failure; `fail` lets the operation fail. */
  readonly onError: 'skip' | 'fail';
  run(ctx: TenantContext, value: Value): Value | Promise<Value>;
}

export interface TapOptions {
  readonly name?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly timeoutMs?: number;
  readonly onError: 'skip' | 'fail';
}

/** Takes part in a hook; ordered by the names in `before` and `after`, then by name. */
export function tap<Value>(
  hook: HookRef<Value>,
  options: TapOptions,
  run: (ctx: TenantContext, value: Value) => Value | Promise<Value>,
): HookTap {
  return {
    hook,
    name: options.name,
    before: options.before ?? [],
    after: options.after ?? [],
    timeoutMs: options.timeoutMs ?? 2_000,
    onError: options.onError,
    run,
  } as unknown as HookTap;
}
