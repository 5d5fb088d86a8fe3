import { InvalidInput } from '../errors/common.js';
import { COMMON_WORDS } from './commonPasswords.js';

/** What can be wrong with a password that somebody chose. */
export type PasswordProblem = 'too_short' | 'too_long' | 'like_email' | 'common';

const LONGEST = 200;
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const MESSAGES = (minLength: number): Readonly<Record<PasswordProblem, string>> => ({
  too_short: `Choose at least ${minLength} characters.`,
  too_long: `Choose at most ${LONGEST} characters.`,
  like_email: 'The password must not be your e-mail address or its name.',
  common: 'This password is among the first that are guessed. Choose another one.',
});

/**
 * What a new password must be like: long enough, not the person's address, not one that everybody takes.
 *
 * No rules on kinds of characters: they make passwords predictable (NIST SP 800-63B).
 */
export class PasswordPolicy {
  constructor(readonly minLength: number) {}

  /** What is wrong with a password, or null. Characters are counted, not bytes. */
  problemOf(password: string, email: string): PasswordProblem | null {
    const characters = [...password.normalize('NFKC')];
    if (characters.length < this.minLength) return 'too_short';
    if (characters.length > LONGEST) return 'too_long';
    const plain = characters.join('').toLowerCase();
    const [name = ''] = email.toLowerCase().split('@');
    if (plain === email.toLowerCase() || (name.length >= 4 && bare(plain) === bare(name)))
      return 'like_email';
    return isCommon(plain) ? 'common' : null;
  }

  /** @throws {InvalidInput} at `field` when a password is not fit to be set */
  check(password: string, email: string, field: string): void {
    const problem = this.problemOf(password, email);
    if (problem)
      throw new InvalidInput({ errors: [{ path: field, message: MESSAGES(this.minLength)[problem] }] });
  }
}

/** Without what people put around a word: digits and signs at both ends. */
const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

function isCommon(plain: string): boolean {
  if (new Set(plain).size <= 3 || isRun(plain)) return true;
  const spelled = [...plain].map((letter) => LETTERS[letter] ?? letter).join('');
  return [plain, spelled]
    .flatMap((text) => [bare(text), text.replace(/[^\p{L}]/gu, '')])
    .some((word) => COMMON_WORDS.has(word) || COMMON_WORDS.has(halfOf(word)));
}

/** `abcabc` → `abc`: twice the same word is no better than once. */
const halfOf = (word: string): string => {
  const half = word.slice(0, word.length / 2);
  return word.length > 0 && half + half === word ? half : word;
};

/** Characters that follow each other, up or down: 0123456789, zyxwvuts. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((letter, at) => letter.charCodeAt(0) - text.charCodeAt(at));
  const straight = steps.filter((step) => step === 1 || step === -1 || step === 0).length;
  return straight >= steps.length * 0.8;
}
