type Truthy<Value> = Value extends false | '' | 0 | null | undefined ? never : Value;

/**
 * Waits until a condition holds: calls `attempt` again and again until it returns something truthy without throwing.
 *
 * For what other processes or the queue do; not for what a test can wait for directly.
 *
 * @param timeoutMs after which it gives up with the last failure
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  timeoutMs = 10_000,
): Promise<Truthy<Result>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let failure: unknown;
    try {
      const result = await attempt();
      if (result) return result as Truthy<Result>;
      failure = new Error(`the condition did not hold: ${String(attempt)}`);
    } catch (error) {
      failure = error;
    }
    if (performance.now() >= deadline) throw new Error(`gave up after ${timeoutMs} ms`, { cause: failure });
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
