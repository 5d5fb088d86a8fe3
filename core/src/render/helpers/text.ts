import Handlebars from 'handlebars';
import { decimalText, formatMoney } from '../../money/formatMoney.js';
import { money as makeMoney, type Money } from '../../money/Money.js';
import { dateFormat, numberFormat, type DateStyle } from '../intlFormats.js';
import { described, HelperMisuse, textArgument, type HelperCall } from './helper.js';

const DATE_STYLES: readonly unknown[] = ['short', 'medium', 'long', 'full'];

/** `{{t 'loyalty.balance' count=balance}}`: a translation; the hash holds its parameters. */
export function t(key: unknown, call: HelperCall): string {
  const text = textArgument(key, 'the key of t', call);
  try {
    return call.data.frame.words.text(text, call.hash);
  } catch (error) {
    throw new HelperMisuse(call, (error as Error).message, { cause: error });
  }
}

/** `{{date page.publishedAt style='long' time=true}}`: a date, in Luxembourg's time. Nothing for null. */
export function date(value: unknown, call: HelperCall): string {
  if (value === null) return '';
  const { style = 'medium', time = false } = call.hash;
  if (!DATE_STYLES.includes(style))
    throw new HelperMisuse(
      call,
      `style of date must be short, medium, long or full, not ${described(style)}`,
    );
  const isDayOnly = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return dateFormat(call.data.frame.language, style as DateStyle, time === true, isDayOnly).format(
    instant(value, call),
  );
}

/**
 * `{{time page.publishedAt}}`: date and time as a `<time>` element that machines can read. Nothing for null.
 * `{{time line.at ago=line.ago}}` shows how long ago that was, and the date and time to who points at it.
 */
export function time(value: unknown, call: HelperCall): unknown {
  if (value === null) return '';
  const { ago, ...hash } = call.hash;
  const exact = date(value, { hash: { time: true, ...hash }, data: call.data, loc: call.loc });
  const [shown, title] = [
    ago === undefined ? exact : textArgument(ago, 'ago of time', call),
    ago === undefined ? '' : exact,
  ].map((text) => Handlebars.escapeExpression(text));
  return new Handlebars.SafeString(
    `<time datetime="${instant(value, call).toISOString()}"${title ? ` title="${title}"` : ''}>${shown}</time>`,
  );
}

/** `{{number share style='percent' decimals=1}}` */
export function number(value: unknown, call: HelperCall): string {
  if (typeof value !== 'number' && typeof value !== 'bigint')
    throw new HelperMisuse(call, `number takes a number, not ${described(value)}`);
  const { style = 'decimal', decimals } = call.hash;
  if (style !== 'decimal' && style !== 'percent')
    throw new HelperMisuse(call, `style of number must be decimal or percent, not ${described(style)}`);
  return numberFormat(
    call.data.frame.language,
    style,
    typeof decimals === 'number' ? decimals : undefined,
  ).format(value);
}

/** `{{money order.total}}` with `{ amountMinor, currency }`, or `{{money totalMinor 'EUR'}}`. */
export function money(...args: readonly unknown[]): string {
  const call = args[args.length - 1] as HelperCall;
  try {
    return formatMoney(
      args.length === 3 ? makeMoney(args[0] as number, args[1] as string) : asMoney(args[0], call),
      call.data.frame.language,
    );
  } catch (error) {
    if (error instanceof HelperMisuse) throw error;
    throw new HelperMisuse(call, (error as Error).message, { cause: error });
  }
}

/** `{{moneyValue priceMinor 'EUR'}}`: an amount as an input shows and sends it, `12.50`; nothing for null. */
export function moneyValue(minor: unknown, currency: unknown, call: HelperCall): string {
  if (minor === null || minor === undefined) return '';
  try {
    return decimalText(
      makeMoney(minor as number, textArgument(currency, 'the currency of moneyValue', call)),
    );
  } catch (error) {
    throw new HelperMisuse(call, (error as Error).message, { cause: error });
  }
}

/** `{{initials name}}`: the first letters of the first and the last word. */
export function initials(name: unknown, call: HelperCall): string {
  const words = textArgument(name, 'the name of initials', call).match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toLocaleUpperCase(call.data.frame.language);
}

function asMoney(value: unknown, call: HelperCall): Money {
  const { amountMinor, currency } = (value ?? {}) as Partial<Money>;
  if (typeof amountMinor !== 'number' || typeof currency !== 'string') {
    throw new HelperMisuse(
      call,
      `money takes { amountMinor, currency } or an amount in minor units and a currency, not ${described(value)}`,
    );
  }
  return makeMoney(amountMinor, currency);
}

function instant(value: unknown, call: HelperCall): Date {
  const at = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : undefined;
  if (!at || Number.isNaN(at.getTime()))
    throw new HelperMisuse(call, `a date must be a Date or an ISO text, not ${described(value)}`);
  return at;
}
