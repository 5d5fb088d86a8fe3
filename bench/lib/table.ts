/** One line of a result: what, the figure seen, the figure wanted, whether it holds (left out: nothing is wanted). */
export interface Line {
  readonly what: string;
  readonly seen: string;
  readonly wanted?: string;
  readonly holds?: boolean;
}

/** Prints lines below each other; a missed figure sets the exit code. */
export function print(title: string, lines: readonly Line[]): void {
  const width = (pick: (line: Line) => string): number => Math.max(...lines.map((line) => pick(line).length));
  const [what, seen, wanted] = [
    width((line) => line.what),
    width((line) => line.seen),
    width((line) => line.wanted ?? ''),
  ];
  console.log(`\n${title}`);
  for (const line of lines) {
    const verdict = line.holds === undefined ? '' : line.holds ? 'holds' : 'MISSED';
    console.log(
      `  ${line.what.padEnd(what)}  ${line.seen.padStart(seen)}  ${(line.wanted ?? '').padEnd(wanted)}  ${verdict}`.trimEnd(),
    );
    if (line.holds === false) process.exitCode = 1;
  }
}
