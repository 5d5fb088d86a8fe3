import { UsageError } from '../errors.js';
import { version } from '../version.js';

/** The forms in which a generated package writes its code; each stands for `__form__` in a template. */
export type Names = Readonly<
  Record<'code' | 'snake' | 'camel' | 'Pascal' | 'UPPER' | 'Name' | 'package' | 'date' | 'version', string>
>;

const RESERVED = [
  'core',
  'platform-admin',
  'admin',
  'store',
  'storefront',
  'platform',
  'webhook',
  'test',
  'global',
];

/**
 * @param code lower case letters, digits and dashes
 * @throws {UsageError} when the code is none, or stands for something else already
 */
export function namesOf(code: string, packageName: string, now = new Date()): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code) || code.length < 2 || code.length > 30) {
    throw new UsageError(
      `'${code}' is no code: 2 to 30 lower case letters and digits, parts joined by dashes, for example 'gift-cards'`,
    );
  }
  if (RESERVED.includes(code)) throw new UsageError(`'${code}' is taken; choose another code`);
  const parts = code.split('-');
  const Pascal = parts.map(capital).join('');
  return {
    code,
    snake: parts.join('_'),
    camel: Pascal.charAt(0).toLowerCase() + Pascal.slice(1),
    Pascal,
    UPPER: parts.join('_').toUpperCase(),
    Name: capital(parts.join(' ')),
    package: packageName,
    date: now.toISOString().slice(0, 10).replaceAll('-', ''),
    version,
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
