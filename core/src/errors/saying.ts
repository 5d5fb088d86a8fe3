import { AsyncLocalStorage } from 'node:async_hooks';
import type { Words } from '../i18n/Words.js';
import type { DomainError, FieldError } from './defineError.js';

const speaking = new AsyncLocalStorage<Words>();

/** Runs the handler of a page: what is refused in it is said in the language of the person who looks at it. */
export const speakIn = <Result>(words: Words, work: () => Result): Result => speaking.run(words, work);

/** What an error tells the person; English where nobody looks at a page, as in an API or a job. */
export const sayError = (error: DomainError): string => errorIn(speaking.getStore(), error);

/** What is wrong with fields, for the person: the same entries, with translated sentences. */
export const sayFields = (found: readonly FieldError[] | DomainError): readonly FieldError[] =>
  fieldsIn(speaking.getStore(), found);

/** A sentence about a failure, which is not an error of ours, for the person. */
export const saySentence = (english: string): string => speaking.getStore()?.sentence(english) ?? english;

/** An error in given words: its own sentence where that is translated, else what its code means. */
export function errorIn(words: Words | undefined, { code, data, message }: DomainError): string {
  if (!words || words.language === 'en') return message;
  const said = words.sentence(message);
  return said === message ? (words.ofCode(code, data) ?? message) : said;
}

/** What is wrong with fields in given words; a field that says what its error does says it in the same words. */
export function fieldsIn(
  words: Words | undefined,
  found: readonly FieldError[] | DomainError,
): readonly FieldError[] {
  const error = found instanceof Error ? found : undefined;
  const errors = found instanceof Error ? (found.errors ?? []) : found;
  if (!words || words.language === 'en') return errors;
  return errors.map((field) => ({
    ...field,
    message: error && field.message === error.message ? errorIn(words, error) : words.sentence(field.message),
  }));
}
