// Ends a run whose tests are over, although something of theirs is still open: says what it is, and lets the
// result stand. Without it a forgotten connection holds the run for ever, and nobody learns which.

/** How long after the last test everything may take to close by itself, in milliseconds. */
const patience = 30_000;

/** Called by mocha after the last test. The timer holds nothing open itself: it fires only where something else does. */
export function mochaGlobalTeardown() {
  setTimeout(() => {
    console.error(`\nStill open ${patience / 1000} s after the last test:`);
    for (const line of stillOpen()) console.error(`  ${line}`);
    // Who waits for the end to clean up, does it now: the database's server is left by the last who uses it.
    process.emit('beforeExit', 0);
    setTimeout(() => process.exit(), 5_000);
  }, patience).unref();
}

/** What keeps the process alive, by its kind and, where it has one, its other end. */
function stillOpen() {
  // The public list names kinds only; a socket without its address tells nobody which one it is.
  const handles = process._getActiveHandles().filter((handle) => !isOutput(handle));
  const kinds = process.getActiveResourcesInfo().filter((kind) => !/^(TTY|Pipe|TCP)/.test(kind));
  return [...handles.map(describe), ...new Set(kinds)];
}

function isOutput(handle) {
  return handle === process.stdout || handle === process.stderr || handle === process.stdin;
}

function describe(handle) {
  const kind = handle?.constructor?.name ?? typeof handle;
  if (handle?.spawnargs) return `${kind} ${handle.pid}: ${handle.spawnargs.join(' ')}`.slice(0, 200);
  if (handle?.remoteAddress) return `${kind} to ${handle.remoteAddress}:${handle.remotePort}`;
  if (handle?.address?.()) return `${kind} on ${JSON.stringify(handle.address())}`;
  return kind;
}
