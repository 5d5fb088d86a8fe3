import type { LimitCapacity } from './CapacitySnapshot.js';
import type { Outlook } from './forecast/forecast.js';

export type Severity = 'danger' | 'warning' | 'info';

/** What an administrator might do: a sentence by its key, with its values. */
export interface Advice {
  /** `billing.capacity.advice.{key}` is the sentence. */
  readonly key:
    'exhausted' | 'runsOutSoon' | 'runsOut' | 'full' | 'over' | 'idle' | 'mostlyUnlimited' | 'uncertain';
  readonly severity: Severity;
  /** Code of the limit. */
  readonly limit: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A limit with what is known of it. */
export interface Judged {
  readonly limit: LimitCapacity;
  /** Share of what is allowed that is used; null where nothing is bounded. */
  readonly share: number | null;
  readonly outlook: Outlook;
}

const SOON_DAYS = 30;
const AHEAD_DAYS = 90;
const FULL = 0.8;
const IDLE = 0.1;
/** Merchants from which on it says something that they use little. */
const MANY = 10;
/** Errors of the back-test from which on the forecast is not to be relied on. */
const UNCERTAIN = 0.25;
const ORDER: readonly Severity[] = ['danger', 'warning', 'info'];

/** For each limit what is the case, the most urgent first. */
export const adviceFor = (judged: readonly Judged[]): readonly Advice[] =>
  judged
    .flatMap((one) => [...ofRoom(one), ...ofMerchants(one), ...ofCertainty(one)])
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));

/** How much room there is, and for how long: the most urgent of these only. */
function ofRoom({ limit, share, outlook }: Judged): Advice[] {
  if (share === null) return [];
  const { code, name, used, theoretical } = limit;
  const say = (key: Advice['key'], severity: Severity, values: Advice['values'] = {}): Advice[] => [
    { key, severity, limit: code, values: { limit: name, used, theoretical, ...values } },
  ];
  const days = outlook.kind === 'forecast' ? outlook.forecast.exhaustion.expected : null;
  if (share >= 1) return say('exhausted', 'danger');
  if (days !== null && days <= SOON_DAYS) return say('runsOutSoon', 'warning', { days });
  if (share >= FULL) return say('full', 'warning', { percent: Math.round(share * 100) });
  if (days !== null && days <= AHEAD_DAYS) return say('runsOut', 'info', { days });
  if (share < IDLE && outlook.kind === 'forecast' && limit.merchants >= MANY)
    return say('idle', 'info', { percent: Math.round(share * 100) });
  return [];
}

/** Whom to offer more. */
function ofMerchants({ limit }: Judged): Advice[] {
  const { code, name, over, used, unlimited } = limit;
  const found: Advice[] = [];
  if (over > 0)
    found.push({ key: 'over', severity: 'warning', limit: code, values: { limit: name, merchants: over } });
  if (unlimited.used > used && unlimited.used > 0)
    found.push({
      key: 'mostlyUnlimited',
      severity: 'info',
      limit: code,
      values: { limit: name, merchants: unlimited.merchants, used: unlimited.used },
    });
  return found;
}

/** What not to rely on. */
function ofCertainty({ limit, outlook }: Judged): Advice[] {
  if (outlook.kind !== 'forecast' || limit.merchants === 0) return [];
  const { shareOfActual: error = null, meanError = 0 } = outlook.forecast.backTest ?? {};
  // A single piece more or less is no error to speak of.
  return error === null || error < UNCERTAIN || meanError < 1
    ? []
    : [
        {
          key: 'uncertain',
          severity: 'info',
          limit: limit.code,
          values: { limit: limit.name, percent: Math.round(error * 100) },
        },
      ];
}
