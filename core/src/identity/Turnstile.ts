/** Lets a bounded number of works run at once; the others wait in line, up to a bound. */
export class Turnstile {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly options: {
      readonly places: number;
      readonly waiting: number;
      readonly refuse: () => Error;
    },
  ) {}

  /** Runs `work` as soon as a place is free. @throws what `refuse` makes when the line is full */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.options.places) this.running += 1;
    else if (this.line.length >= this.options.waiting) throw this.options.refuse();
    // Whoever leaves hands its place over, so that nobody slips in between.
    else await new Promise<void>((resolve) => this.line.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
