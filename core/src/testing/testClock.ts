import type { Clock } from '../kernel/clock.js';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves it to a moment, also back. */
  set(moment: Date | string): void;
  advance(milliseconds: number): void;
}

/** When test clocks start: a Monday morning, after everything that templates of test databases hold. */
export const TEST_CLOCK_START = new Date('2026-03-02T08:00:00Z');

/** @param start where it stands at first */
export function testClock(start: Date | string = TEST_CLOCK_START): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    set: (moment) => {
      now = new Date(moment).getTime();
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
