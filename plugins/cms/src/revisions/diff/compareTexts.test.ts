import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Body } from '../../blocks/schemas.js';
import type { Translation } from '../../types.js';
import { align } from './align.js';
import { compareTexts, isChanged } from './compareTexts.js';
import { readableHtml } from './readableHtml.js';
import { textParts } from './textParts.js';

const text = (title: string, body: Body = [], seo: Translation['seo'] = {}): Translation => ({
  title,
  description: '',
  body,
  seo,
});
const rich = (html: string) => ({ type: 'richText' as const, html });
const heading = (words: string) => ({ type: 'heading' as const, level: 2 as const, text: words });
const shown = (parts: readonly { kind: string; text: string }[]) =>
  parts
    .map(({ kind, text: words }) =>
      kind === 'added' ? `[+${words}]` : kind === 'removed' ? `[-${words}]` : words,
    )
    .join('');

describe('comparing texts [module:cms]', () => {
  it('tells words apart and leaves the rest in place', () => {
    const [en] = compareTexts({ en: text('Open nine to six') }, { en: text('Open nine to seven') });
    assert.deepEqual(
      en?.fields.map(({ path, parts }) => [path, shown(parts)]),
      [['title', 'Open nine to [-six][+seven]']],
    );
  });

  it('tells languages that came, went, changed or stayed', () => {
    const diffs = compareTexts(
      { en: text('a'), fr: text('b'), de: text('c') },
      { en: text('a'), fr: text('x'), lb: text('d') },
    );
    assert.deepEqual(
      diffs.map(({ language, change }) => [language, change]),
      [
        ['en', 'same'],
        ['fr', 'changed'],
        ['de', 'removed'],
        ['lb', 'added'],
      ],
    );
    assert.ok(isChanged(diffs));
    assert.ok(!isChanged(compareTexts({ en: text('a') }, { en: text('a') })));
  });

  it('finds a block again when others came before it', () => {
    const [en] = compareTexts(
      { en: text('t', [heading('One'), rich('<p>two</p>')]) },
      { en: text('t', [heading('Zero'), heading('One'), rich('<p>two and three</p>')]) },
    );
    assert.deepEqual(
      en?.blocks.map(({ change, type, before, after }) => [change, type, before, after]),
      [
        ['added', 'heading', null, 1],
        ['same', 'heading', 1, 2],
        ['changed', 'richText', 2, 3],
      ],
    );
    assert.equal(shown(en?.blocks[2]?.fields[0]?.parts ?? []), 'two[+ and three]');
  });

  it('names entries of a list by their place, and shows lists of words and tables as lines', () => {
    const faq = (...items: [string, string][]) => ({
      type: 'faq' as const,
      items: items.map(([question, html]) => ({ question, html })),
    });
    const [en] = compareTexts(
      { en: text('t', [faq(['a', '<p>1</p>'], ['b', '<p>2</p>'])]) },
      { en: text('t', [faq(['a', '<p>1</p>'], ['b', '<p>3</p>'])]) },
    );
    assert.deepEqual(
      en?.blocks[0]?.fields.map(({ path }) => path),
      ['items.2.html'],
    );
    const table = (cell: string) => ({
      type: 'table' as const,
      caption: 'c',
      head: ['h', 'i'],
      rows: [['x', cell]],
    });
    const [de] = compareTexts({ de: text('t', [table('1')]) }, { de: text('t', [table('2')]) });
    assert.equal(shown(de?.blocks[0]?.fields[0]?.parts ?? []), 'x | [-1][+2]');
  });

  it('shows structure, links and emphasis of HTML in plain words', () => {
    assert.equal(
      readableHtml(
        '<h3>T</h3><p>a <strong>b</strong> <a href="/x">c</a>&nbsp;&amp; d<br>e</p><ul><li>f</li><li>g</li></ul>',
      ),
      '### T\na **b** c (/x)\u00a0& d\ne\n• f\n• g',
    );
    assert.equal(readableHtml('a &lt;script&gt;'), 'a <script>');
  });

  it('gives both texts back, whatever they are', () => {
    const words = fc.string({ maxLength: 80 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = textParts(before, after);
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('');
        return without('added') === before && without('removed') === after;
      }),
      { numRuns: 1_000 },
    );
  });

  it('loses no entry of two lists and keeps their order', () => {
    const list = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const aligned = align(before, after, (a, b) => a % 2 === b % 2);
        for (const pair of aligned)
          assert.ok(!pair.before || !pair.after || pair.before.item % 2 === pair.after.item % 2);
        assert.deepEqual(
          aligned.flatMap((pair) => (pair.before ? [pair.before.item] : [])),
          before,
        );
        assert.deepEqual(
          aligned.flatMap((pair) => (pair.after ? [pair.after.item] : [])),
          after,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
