/**
 * Resolves when the process is asked to end: by a signal, or because the process that started it is gone (npm does
 * not hand signals on). A second signal ends at once.
 */
export function stopWithParent(): Promise<void> {
  return new Promise((resolve) => {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) asked();
    }, 500);
    timer.unref();
    const asked = (): void => {
      clearInterval(timer);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.off(signal, asked);
        process.on(signal, () => {
          process.exit(130);
        });
      }
      resolve();
    };
    process.on('SIGINT', asked);
    process.on('SIGTERM', asked);
  });
}
