import { InvalidInput } from '../../errors/common.js';
import type { FieldError } from '../../errors/defineError.js';
import type { RouteContext } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { TierChange } from '../../modules/entitlements/TierEditor.js';
import type { CoreParts } from '../core/CoreParts.js';

/** Bytes are counted too. */
const MOST = 1_000_000_000_000;

/**
 * Reads the form of the matrix: `tiers.{code}.features.{feature}` is there where a box is ticked,
 * `tiers.{code}.limits.{limit}` is a number or empty for no limit. Only what the page shows is read: what modules that
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
      return {
        code,
        features: Object.fromEntries([...features.keys()].map((feature) => [feature, feature in boxes])),
        limits: Object.fromEntries(
          [...limits.keys()]
            .filter((limit) => limit in numbers)
            .map((limit) => [limit, numberOf(numbers[limit], `tiers.${code}.limits.${limit}`, errors)]),
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
  kind: 'features' | 'limits',
): Readonly<Record<string, unknown>> {
  const tier = typed[code];
  const found = isObject(tier) ? tier[kind] : undefined;
  return isObject(found) ? found : {};
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function numberOf(typed: unknown, path: string, errors: FieldError[]): number | null {
  const text = typeof typed === 'string' ? typed.trim() : '?';
  if (text === '') return null;
  const number = /^\d{1,13}$/.test(text) ? Number(text) : NaN;
  if (number <= MOST) return number;
  errors.push({ path, message: `Enter a whole number up to ${MOST}, or nothing for no limit.` });
  return null;
}
