import { intlLocale } from '../i18n/intlLocale.js';
import type { Language } from '../kernel/context.js';

export type DateStyle = 'short' | 'medium' | 'long' | 'full';

/** Times are shown as the clocks of the tenants' country show them. */
const TIME_ZONE = 'Europe/Luxembourg';

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** A date format, made once: making one costs far more than using it. @param isDayOnly a day without a time, in no zone */
export function dateFormat(
  language: Language,
  style: DateStyle,
  withTime: boolean,
  isDayOnly: boolean,
): Intl.DateTimeFormat {
  const name = `${language} ${style} ${withTime} ${isDayOnly}`;
  let format = dates.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat(intlLocale(language), {
      dateStyle: style,
      timeZone: isDayOnly ? 'UTC' : TIME_ZONE,
      ...(withTime && !isDayOnly && { timeStyle: 'short' }),
    });
    dates.set(name, format);
  }
  return format;
}

/** A number format, made once. */
export function numberFormat(
  language: Language,
  style: 'decimal' | 'percent',
  decimals: number | undefined,
): Intl.NumberFormat {
  const name = `${language} ${style} ${decimals}`;
  let format = numbers.get(name);
  if (!format) {
    const digits =
      decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numbers.set(name, (format = new Intl.NumberFormat(intlLocale(language), { style, ...digits })));
  }
  return format;
}

/** A format for an amount of a unit of CLDR, such as `megabyte`, made once. */
export function unitFormat(language: Language, unit: string): Intl.NumberFormat {
  const name = `${language} ${unit}`;
  let format = numbers.get(name);
  if (!format) {
    const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 6 } as const;
    numbers.set(name, (format = new Intl.NumberFormat(intlLocale(language), options)));
  }
  return format;
}
