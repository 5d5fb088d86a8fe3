import assert from 'node:assert/strict';
import type { DomainError } from '@wizamart/core';
import { LastTranslation } from '../errors.js';
import type { Translations } from '../types.js';
import { applyChanges, differ } from './applyChanges.js';

const text = (title: string) => ({ title, description: '', body: [], seo: {} });
const page: Translations = { en: text('About'), fr: text('À propos') };

describe('changes of a page’s texts [module:cms]', () => {
  it('go to the named language, else to the default one, and leave the rest', () => {
    assert.deepEqual(applyChanges(page, { title: 'Us' }, 'en', 'about'), { ...page, en: text('Us') });
    assert.deepEqual(applyChanges(page, { title: 'Nous', language: 'fr' }, 'en', 'about'), {
      ...page,
      fr: text('Nous'),
    });
    assert.deepEqual(
      applyChanges(page, { translations: { de: { title: 'Wir' }, fr: null } }, 'en', 'about'),
      { en: page.en, de: text('Wir') },
    );
  });

  it('need a title in a new language', () => {
    assert.throws(
      () => applyChanges(page, { translations: { de: { body: [] } } }, 'en', 'about'),
      (error: DomainError) => error.errors?.[0]?.path === 'translations.de.title',
    );
    assert.throws(
      () => applyChanges(page, { body: [] }, 'de', 'about'),
      (error: DomainError) => error.errors?.[0]?.path === 'title',
    );
  });

  it('cannot take the last language', () => {
    assert.throws(
      () => applyChanges(page, { translations: { en: null, fr: null } }, 'en', 'about'),
      LastTranslation,
    );
  });

  it('are none when only the order of keys differs', () => {
    assert.equal(differ({ a: 1, b: { c: [1, 2], d: 2 } }, { b: { d: 2, c: [1, 2] }, a: 1 }), false);
    assert.equal(differ({ a: [1, 2] }, { a: [2, 1] }), true);
  });
});
