import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Language } from '../kernel/context.js';
import { compileMessage, type ParametrisedMessage, type MessageParams } from './message.js';
import { parametersOf, parseMessage } from './parseMessage.js';

const say = (source: string, params: MessageParams = {}, language: Language = 'en'): string => {
  const message = compileMessage(source, language);
  return typeof message === 'string'
    ? message
    : message.format(params, (name) => assert.fail(`'${name}' is missing`));
};

describe('messages [module:core]', () => {
  it('keeps a sentence without places as it is, apostrophes and number signs included', () => {
    assert.equal(say("L'adresse n° #1 est d'accord"), "L'adresse n° #1 est d'accord");
  });

  it('fills in parameters, also after an apostrophe', () => {
    assert.equal(say("l'{name} et {other}", { name: 'un', other: 2 }), "l'un et 2");
  });

  it('chooses the plural case of the language', () => {
    const source = '{count, plural, =0 {none} one {# store} other {# stores}}';
    assert.deepEqual(
      [0, 1, 2].map((count) => say(source, { count })),
      ['none', '1 store', '2 stores'],
    );
    const french = '{count, plural, one {# page} other {# pages}}';
    assert.deepEqual(
      [0, 1, 2].map((count) => say(french, { count }, 'fr')),
      ['0 page', '1 page', '2 pages'],
    );
  });

  it('writes numbers as the language does', () => {
    assert.equal(
      say('{n, number} / {count, plural, other {#}}', { n: 12345, count: 6789 }, 'de'),
      '12.345 / 6.789',
    );
    assert.equal(say('{year}', { year: 2026 }, 'de'), '2026');
  });

  it('chooses by word and nests', () => {
    const source = '{kind, select, a {A{n, plural, one { one} other { # many}}} other {else {name}}}';
    assert.equal(say(source, { kind: 'a', n: 3, name: 'x' }), 'A 3 many');
    assert.equal(say(source, { kind: 'z', n: 3, name: 'x' }), 'else x');
  });

  it('names a parameter that was not given and leaves its place visible', () => {
    const missing: string[] = [];
    const message = compileMessage('a {x} b', 'en') as ParametrisedMessage;
    assert.equal(
      message.format({}, (name) => missing.push(name)),
      'a {x} b',
    );
    assert.deepEqual(missing, ['x']);
  });

  it('lists the parameters of all branches once', () => {
    assert.deepEqual(parametersOf(parseMessage('{b} {a, plural, one {{c}} other {{b}}}')), ['a', 'b', 'c']);
  });

  for (const [source, words] of [
    ['{', /is no parameter name at character 2/],
    ['a }', /'}' without its '{'/],
    ['{a, weird}', /'weird' is none of number, plural, select/],
    ['{a, plural, one {x}}', /lacks the case 'other'/],
    ['{a, plural, some {x} other {y}}', /'some' is no plural case/],
    ['{a, number', /'}' is missing/],
  ] as const) {
    it(`refuses '${source}' and says why`, () => assert.throws(() => parseMessage(source), words));
  }

  it('reads or refuses any text, and never hangs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', ',', '#', ' ', 'a', 'plural', 'other') }),
        (source) => {
          try {
            parseMessage(source);
          } catch (error) {
            assert.ok(error instanceof SyntaxError, String(error));
          }
        },
      ),
    );
  });
});
