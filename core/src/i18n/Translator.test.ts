import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { coreLocales } from '../builtin/packageFolders.js';
import { LANGUAGES } from '../kernel/context.js';
import { localeProblems } from './localeProblems.js';
import { readLocales, type PluginLocales } from './locales.js';
import { Translator } from './Translator.js';

const locales = (code: string, messages: Partial<PluginLocales['messages']>): PluginLocales => ({
  code,
  messages: { en: {}, fr: {}, de: {}, lb: {}, ...messages },
});
const cms = locales('cms', {
  en: { 'cms.hi': 'Hi {name}', 'cms.only': 'English' },
  de: { 'cms.hi': 'Hallo {name}' },
  lb: { 'cms.hi': 'Moien {name}' },
});
const core = locales('core', { en: { 'core.ok': 'OK' } });

describe('Translator [module:core]', () => {
  it('says a key in the language, else in the platform’s, else in English', () => {
    const translator = Translator.of([cms]);
    assert.equal(translator.t('lb', 'cms.hi', { name: 'Ada' }), 'Moien Ada');
    assert.equal(translator.t('fr', 'cms.hi', { name: 'Ada' }, 'de'), 'Hallo Ada');
    assert.equal(translator.t('fr', 'cms.hi', { name: 'Ada' }), 'Hi Ada');
  });

  it('gives the same words object for the same languages', () => {
    const translator = Translator.of([cms]);
    assert.equal(translator.words('fr', 'de'), translator.words('fr', 'de'));
  });

  it('throws for a missing key or parameter while nobody listens', () => {
    const translator = Translator.of([cms]);
    assert.throws(() => translator.t('en', 'cms.nothing'), /'cms.nothing' is missing in 'en'/);
    assert.throws(() => translator.t('en', 'cms.hi'), /'cms.hi' \(en\) was not given 'name'/);
  });

  it('reports a missing key and shows the key where somebody listens', () => {
    const problems: string[] = [];
    assert.equal(
      Translator.of([cms], { report: (problem) => problems.push(problem) }).t('en', 'cms.nothing'),
      'cms.nothing',
    );
    assert.equal(problems.length, 1);
  });

  it('does not know the texts of modules that are off', () => {
    const words = Translator.of([core, cms])
      .only((code) => code === 'core')
      .words('en');
    assert.equal(words.has('core.ok'), true);
    assert.equal(words.has('cms.hi'), false);
  });

  it('names plugin, language and key of a message that cannot be read', () => {
    assert.throws(
      () => Translator.of([locales('cms', { fr: { 'cms.x': '{' } })]),
      /plugin 'cms', language 'fr', key 'cms.x'/,
    );
  });
});

describe('localeProblems [module:core]', () => {
  it('finds nothing wrong with core’s own texts', () => {
    assert.deepEqual(localeProblems(readLocales('core', coreLocales)), []);
  });

  it('finds missing keys, empty and unreadable messages and other parameters', () => {
    const problems = localeProblems({
      code: 'x',
      messages: {
        en: { 'x.a': '{n}', 'x.b': 'b', 'x.c': 'c' },
        fr: { 'x.a': '{m}', 'x.b': ' ', 'x.c': '{' },
        de: { 'x.a': '{n}', 'x.b': 'b' },
        lb: { 'x.a': '{n}', 'x.b': 'b', 'x.c': 'c', 'x.d': 'd' },
      },
    });
    assert.equal(problems.filter((problem) => problem.includes("'x.d'")).length, 3);
    assert.ok(problems.some((problem) => problem.includes("'x.a' takes {m} in 'fr', but {n} in 'en'")));
    assert.ok(problems.some((problem) => problem.includes("'x.b' is empty in 'fr'")));
    assert.ok(problems.some((problem) => problem.includes("'x.c' cannot be read in 'fr'")));
    assert.ok(problems.some((problem) => problem.includes("'x.c' is missing in 'de'")));
  });

  it('keeps each language file in the order of the English one', () => {
    const keys = (language: string): string[] =>
      Object.keys(JSON.parse(readFileSync(new URL(`${language}.json`, coreLocales), 'utf8')) as object);
    for (const language of LANGUAGES) assert.deepEqual(keys(language), keys('en'));
  });
});

describe('readLocales [module:core]', () => {
  it('names plugin and file when a language is missing', () => {
    assert.throws(
      () => readLocales('shop', new URL('./nowhere', import.meta.url)),
      /plugin 'shop': the locale .*nowhere\/en\.json cannot be read/,
    );
  });

  it('refuses keys of another plugin', () => {
    assert.throws(() => readLocales('shop', coreLocales), /must start with 'shop\.'/);
  });
});
