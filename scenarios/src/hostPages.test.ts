import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '@wizamart/core';
import { HOSTS } from './world.fixture.js';

interface PageFile {
  readonly where: string;
  readonly translations: Partial<Record<Language, Translation>>;
}
interface Translation {
  readonly title: string;
  readonly description: string;
  readonly body: readonly unknown[];
}

const demoPages = new URL('../../plugins/cms/demo/pages.json', import.meta.url);
/** Names of things, which are the same in every language. */
const NOT_WORDS = new Set([
  'type',
  'icon',
  'href',
  'style',
  'level',
  'columns',
  'name',
  'email',
  'highlighted',
]);

describe('Pages that hosts and demo stores bring [module:cms] [surface:platform] [surface:storefront]', () => {
  const files = [...HOSTS.flatMap(({ code, pages }) => pagesBelow(code, pages)), ...demoFiles()];

  it('speak all four languages', () => {
    assert.ok(files.length > 70);
    for (const { where, translations } of files)
      assert.deepEqual(Object.keys(translations), [...LANGUAGES], where);
    for (const { code, languages } of HOSTS) assert.deepEqual(languages.supported, [...LANGUAGES], code);
  });

  it('say the same in each: the same blocks, fields, links and pictures', () => {
    for (const { where, translations } of files) {
      const english = JSON.stringify(skeleton(translations.en?.body));
      for (const language of LANGUAGES)
        assert.equal(JSON.stringify(skeleton(translations[language]?.body)), english, `${where} ${language}`);
    }
  });

  it('are translated: no sentence of one language stands in another', () => {
    for (const { where, translations } of files) {
      const seen = new Map<string, Language>();
      for (const language of LANGUAGES) {
        for (const sentence of new Set(sentences(translations[language]))) {
          assert.equal(seen.get(sentence), undefined, `${where} ${language}: ${sentence}`);
          seen.set(sentence, language);
        }
      }
    }
  });

  it('have a title and a description that a search engine shows whole', () => {
    for (const { where, translations } of files) {
      for (const language of LANGUAGES) {
        const { title, description } = translations[language] as Translation;
        assert.ok(title.length > 0 && title.length <= 60, `${where} ${language}: ${title}`);
        assert.ok(
          description.length >= 70 && description.length <= 160,
          `${where} ${language}: ${description}`,
        );
      }
    }
  });

  it('keep the rule of n in Luxembourgish before the commonest words', () => {
    const wrong =
      /(?:^|[\s>])(?:vun|Vun|wann|Wann|hunn|sinn|ginn|kann|schonn|nëmmen) (?=[bcfgjklmpqrsvwx])\S+/giu;
    for (const { where, translations } of files)
      assert.deepEqual(JSON.stringify(translations.lb).match(wrong) ?? [], [], where);
  });
});

function pagesBelow(code: string, folder: URL | undefined): PageFile[] {
  if (!folder) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const page = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<PageFile, 'where'>;
      return { ...page, where: `${code}/${file}` };
    });
}

function demoFiles(): PageFile[] {
  const pages = JSON.parse(readFileSync(demoPages, 'utf8')) as (PageFile & { store: string; slug: string })[];
  return pages.map((page) => ({ ...page, where: `${page.store}/${page.slug}` }));
}

/** What is left of a body without its words: kinds, names, links, and the elements of its HTML. */
function skeleton(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => skeleton(item, key));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, skeleton(item, name)]));
  if (typeof value !== 'string' || NOT_WORDS.has(key)) return value;
  return value.match(/<[^>]+>/g)?.sort() ?? '';
}

/** Texts long enough to be sentences; articles of laws are cited alike in related languages. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string')
    return value.split(' ').length > 6 && !value.includes('Art. ') ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(sentences) : [];
}
