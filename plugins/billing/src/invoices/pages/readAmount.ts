import type { FieldError } from '@wizamart/core';

const AMOUNT = /^(\d{1,9})(?:[.,](\d{1,2}))?$/;

/**
 * An amount as people type it, `12.5` or `12,50`, in cents; empty is nothing. What cannot be read is told in `errors`.
 *
 * @param path of the field, for the error
 */
export function readAmount(typed: string, path: string, errors: FieldError[], unreadable: string): number {
  const text = typed.trim().replace(/[\s\u00a0\u202f]/g, '');
  if (text === '') return 0;
  const match = AMOUNT.exec(text);
  if (!match) {
    errors.push({ path, message: unreadable });
    return 0;
  }
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Cents as they stand in a field: `12.50`; nothing for 0 where that is not asked for. */
export const amountField = (amountMinor: number): string =>
  `${Math.trunc(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`;
