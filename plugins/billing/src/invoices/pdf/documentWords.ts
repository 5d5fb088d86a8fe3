import type { Language, Translator } from '@wizamart/core';
import type { InvoiceRow } from '../models/InvoiceRow.js';

/** Texts of a document in its language: `word('total')` is `billing.document.total`. */
export interface DocumentWords {
  readonly language: Language;
  word(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** The sentences that the law wants, in the order of the decision. */
  readonly mentions: readonly string[];
}

/** Words for one document; a small business abroad states the Directive, at home the scheme of its state. */
export function documentWords(translator: Translator, { language, mentions }: InvoiceRow): DocumentWords {
  const words = translator.words(language, 'en');
  return {
    language,
    word: (key, values = {}) => words.text(`billing.document.${key}`, values),
    mentions: mentions.map((mention) => words.text(`billing.vat.mention.${mention}`)),
  };
}
