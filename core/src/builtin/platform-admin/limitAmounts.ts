import { numberFormat, unitFormat } from '../../render/intlFormats.js';
import type { Language } from '../../kernel/context.js';
import type { LimitDefinition } from '../../kernel/plugin.js';

type Measured = { readonly unit?: LimitDefinition['unit'] | undefined };

/** What people count bytes in; everything else is counted by the piece. */
export const BYTE_UNITS = { MB: 1_000_000, GB: 1_000_000_000 } as const;
export type ByteUnit = keyof typeof BYTE_UNITS;
const CLDR_UNITS = { MB: 'megabyte', GB: 'gigabyte' } as const;
/** Bytes are counted too. */
const MOST = 1_000_000_000_000;

/** As a field shows it: without a unit where the limit has none. Nothing is rounded: what is not touched stays. */
export interface ShownAmount {
  readonly text: string;
  readonly unit: ByteUnit | null;
}

export function shownAmount({ unit }: Measured, amount: number | undefined): ShownAmount {
  if (unit === undefined) return { text: amount === undefined ? '' : String(amount), unit: null };
  const shown = unitOf(amount ?? 0);
  return { text: amount === undefined ? '' : decimal(amount / BYTE_UNITS[shown]), unit: shown };
}

/** For people: `1,200`, `500 MB`, `5 Go`. */
export function amountText(language: Language, { unit }: Measured, amount: number): string {
  if (unit === undefined) return numberFormat(language, 'decimal', undefined).format(amount);
  const shown = unitOf(amount);
  return unitFormat(language, CLDR_UNITS[shown]).format(amount / BYTE_UNITS[shown]);
}

/** How the unit is called, as in `Mo`. */
export const unitName = (language: Language, unit: ByteUnit): string =>
  unitFormat(language, CLDR_UNITS[unit])
    .formatToParts(1)
    .find(({ type }) => type === 'unit')?.value ?? unit;

/**
 * What was typed, in pieces or bytes; null for nothing, undefined for what is no such amount.
 * A limit in bytes takes a decimal and its unit, also as `1,5 Go`; without one it is taken as `fallback`.
 */
export function readAmount(
  { unit }: Measured,
  typed: string,
  fallback: ByteUnit | undefined = undefined,
): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const found = unit === undefined ? /^(\d{1,13})$/.exec(text) : BYTES.exec(text);
  if (!found) return undefined;
  const named = found[2] === undefined ? fallback : /^g/i.test(found[2]) ? 'GB' : 'MB';
  const amount = Number((found[1] as string).replace(',', '.')) * (named ? BYTE_UNITS[named] : 1);
  // What a decimal of a unit comes to is not exact in binary: 1.1 GB.
  const whole = Math.round(amount);
  return Math.abs(whole - amount) < 1e-3 && whole <= MOST ? whole : undefined;
}

const BYTES = /^(\d{1,13}(?:[.,]\d{1,9})?)\s*([MG][BO])?$/i;

const unitOf = (amount: number): ByteUnit =>
  amount >= BYTE_UNITS.GB && amount % BYTE_UNITS.MB === 0 ? 'GB' : 'MB';

const decimal = (amount: number): string => amount.toFixed(6).replace(/\.?0+$/, '');
