import { InvalidInput } from '../../errors/common.js';
import type { FieldError } from '../../errors/defineError.js';
import type { RouteContext } from '../../kernel/route.js';
import type { LimitDefinition } from '../../kernel/plugin.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { TierChange } from '../../modules/entitlements/TierEditor.js';
import type { CoreParts } from '../core/CoreParts.js';
import { BYTE_UNITS, readAmount, type ByteUnit } from './limitAmounts.js';

/**
 * Reads the form of the matrix: `tiers.{code}.features.{feature}` is there where a box is ticked,
 * `tiers.{code}.limits.{limit}` is a number or empty for no limit; of a limit in bytes `tiers.{code}.units.{limit}` is its
 * unit. Only what the page shows is read: what modules that
 * are off bring stays as it is.
 *
 * @throws {InvalidInput} with one entry per number that is none
 */
export async function readMatrix(
  { tiers }: Pick<CoreParts, 'tiers'>,
  ctx: RouteContext,
  {
    fingerprint,
    tiers: typed,
  }: { readonly fingerprint: string; readonly tiers: Readonly<Record<string, unknown>> },
): Promise<{ fingerprint: string; changes: TierChange[] }> {
  const { features, limits } = ctx.snapshot as Snapshot;
  const errors: FieldError[] = [];
  const changes = (await tiers.list(ctx))
    .filter(({ code, archivedAt }) => archivedAt === null && code in typed)
    .map(({ code }): TierChange => {
      const [boxes, numbers] = [within(typed, code, 'features'), within(typed, code, 'limits')];
      const units = within(typed, code, 'units');
      return {
        code,
        features: Object.fromEntries([...features.keys()].map((feature) => [feature, feature in boxes])),
        limits: Object.fromEntries(
          [...limits.values()]
            .filter((limit) => limit.code in numbers)
            .map((limit) => [
              limit.code,
              amountOf(limit, numbers[limit.code], units[limit.code], code, errors),
            ]),
        ),
      };
    });
  if (errors.length > 0) throw new InvalidInput({ errors });
  return { fingerprint, changes };
}

/** What was typed of one tier; nothing for what has another shape. */
export function within(
  typed: Readonly<Record<string, unknown>>,
  code: string,
  kind: 'features' | 'limits' | 'units',
): Readonly<Record<string, unknown>> {
  const tier = typed[code];
  const found = isObject(tier) ? tier[kind] : undefined;
  return isObject(found) ? found : {};
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function amountOf(
  limit: LimitDefinition,
  typed: unknown,
  unit: unknown,
  tier: string,
  errors: FieldError[],
): number | null {
  const amount = readAmount(limit, typeof typed === 'string' ? typed : '?', isUnit(unit) ? unit : undefined);
  if (amount !== undefined) return amount;
  const path = `tiers.${tier}.limits.${limit.code}`;
  errors.push({ path, message: limit.unit ? NO_SIZE : NO_NUMBER });
  return null;
}

const isUnit = (unit: unknown): unit is ByteUnit => typeof unit === 'string' && unit in BYTE_UNITS;

const NO_NUMBER = 'Enter a whole number up to 1000000000000, or nothing for no limit.';
const NO_SIZE = 'Enter a size up to 1000 GB, or nothing for no limit.';
