import pino, { type Logger } from 'pino';

export interface TestLogEntry {
  readonly level: 'warn' | 'error' | 'fatal';
  readonly message: string;
  /** What else the line holds; errors are in `err`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Keeps warnings and errors instead of printing them. */
export class TestLog {
  readonly entries: TestLogEntry[] = [];
  readonly logger: Logger = pino(
    { level: 'warn' },
    {
      write: (line: string) => {
        this.#take(line);
      },
    },
  );

  get warnings(): readonly TestLogEntry[] {
    return this.entries.filter(({ level }) => level === 'warn');
  }

  /** Errors that nobody expected; a test that leaves some behind has found something. */
  get errors(): readonly TestLogEntry[] {
    return this.entries.filter(({ level }) => level !== 'warn');
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** The entries, one line each with the message of the error. */
  text(): string {
    return this.entries
      .map(({ level, message, fields }) => {
        const error = fields['err'] as { message?: string; stack?: string } | undefined;
        return `${level}: ${message}${error ? ` (${error.stack ?? error.message})` : ''}`;
      })
      .join('\n');
  }

  #take(line: string): void {
    const {
      level,
      msg,
      time: _time,
      pid: _pid,
      hostname: _hostname,
      ...fields
    } = JSON.parse(line) as { level: number; msg?: string } & Record<string, unknown>;
    this.entries.push({
      level: level >= 60 ? 'fatal' : level >= 50 ? 'error' : 'warn',
      message: msg ?? '',
      fields,
    });
  }
}
