import { randomFillSync } from 'node:crypto';

const random = new Uint8Array(10);
const counterBits = 12;
/** The counter starts in its lower half, so that a burst within one millisecond has room. */
const seedMask = 0x7ff;

let lastNow = -1;
let lastMs = -1;
let counter = 0;

/**
 * Makes a uuid version 7: sorts by the time it was made, also within one millisecond of this process.
 *
 * @param now the caller's clock, so that tests may move it; time that goes back starts over there
 */
export function uuidv7(now: Date | number = Date.now()): string {
  const ms = tick(Number(now));
  randomFillSync(random);
  return format(ms, counter);
}

/** Whether a text is a uuid of any version, written the usual way. */
export function isUuid(value: unknown): value is string {
  return (
    typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
  );
}

/**
 * Hands back a uuid as it is.
 *
 * @throws {TypeError} when it is none; names what was checked, not the value
 */
export function checkUuid(value: unknown, what: string): string {
  if (!isUuid(value)) throw new TypeError(`${what} must be a uuid`);
  return value;
}

/** The millisecond to write; more than the counter holds is borrowed from the next millisecond. */
function tick(now: number): number {
  const sameBurst = now === lastNow || (now > lastNow && now <= lastMs);
  lastNow = now;
  if (!sameBurst) {
    randomFillSync(random);
    counter = (((random[0] as number) << 8) | (random[1] as number)) & seedMask;
    lastMs = now;
  } else if (++counter >= 1 << counterBits) {
    counter = 0;
    lastMs++;
  }
  return lastMs;
}

function format(ms: number, sequence: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const tail = Buffer.from(random.buffer, 2, 8);
  tail[0] = ((tail[0] as number) & 0x3f) | 0x80;
  const rest = tail.toString('hex');
  const head = (0x7000 | sequence).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${head}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}
