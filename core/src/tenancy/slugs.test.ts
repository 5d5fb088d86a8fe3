import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  platformCodeFault,
  RESERVED_SLUGS,
  slugFault,
  slugSchema,
  storeCodeFault,
  subdomainFault,
  suggestSlug,
} from './slugs.js';

describe('slugs and codes [module:core]', () => {
  it('accepts what fits one segment of an address', () => {
    for (const slug of ['a', 'about', 'our-story-2', '2026', '-', 'x'.repeat(100), 'shopping'])
      assert.equal(slugFault(slug), undefined, slug);
  });

  const refused: Readonly<Record<string, RegExp>> = {
    '': /for example/,
    'About us': /'about-us'/,
    'über-uns': /'uber-uns'/,
    'a/b': /'a-b'/,
    'robots.txt': /'robots-txt'/,
    admin: /'admin-page'/,
    fr: /'fr-page'/,
    storefront: /address of the system/,
    ['x'.repeat(101)]: /shorten it to 100/,
  };
  for (const [slug, reason] of Object.entries(refused)) {
    it(`refuses '${slug.slice(0, 20)}' and says how to mend it`, () =>
      assert.match(slugFault(slug) ?? '', reason));
  }

  it('refuses every word that addresses use', () => {
    const words =
      'admin store stores storefront platforms api health webhooks assets media signup vendor vendors shop en fr de lb';
    for (const word of words.split(' ')) assert.ok(slugFault(word), word);
    assert.equal(RESERVED_SLUGS.size, words.split(' ').length);
  });

  it('refuses the platforms’ codes on main', () => {
    assert.equal(slugFault('oms'), undefined);
    assert.match(slugFault('oms', ['main', 'oms']) ?? '', /code of a platform/);
  });

  it('suggests a slug that is valid, for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...RESERVED_SLUGS)),
        (text) => slugFault(suggestSlug(text)) === undefined,
      ),
    );
  });

  it('keeps codes of stores apart from the words below /store/', () => {
    assert.equal(storeCodeFault('acme-esch'), undefined);
    for (const code of ['login', 'api', 'new', 'fr', 'admin', '-a', 'a-', 'A', 'a.b', '', 'x'.repeat(51)])
      assert.ok(storeCodeFault(code), code);
    for (const mailed of ['invitation', 'forgot', 'reset', 'confirm-email'])
      assert.ok(storeCodeFault(mailed), `links of mails lead to ${mailed}, above stores`);
  });

  it('keeps codes of platforms apart from the roots of addresses', () => {
    assert.equal(platformCodeFault('site-builder'), undefined);
    for (const code of ['global', 'admin', 'platforms', 'new', 'en', 'a_b'])
      assert.ok(platformCodeFault(code), code);
  });

  it('keeps subdomains apart from technical ones', () => {
    for (const name of ['acme', 'a1', 'shop', 'store']) assert.equal(subdomainFault(name), undefined, name);
    for (const name of [
      'www',
      'admin',
      'api',
      'mail',
      'xn--bcker-gra',
      'a_b',
      '-a',
      'a.b',
      '',
      'x'.repeat(64),
    ])
      assert.ok(subdomainFault(name), name);
  });

  it('checks as a schema, with the same words', () => {
    assert.equal(slugSchema.parse('about'), 'about');
    assert.equal(slugSchema.safeParse('admin').error?.issues[0]?.message, slugFault('admin'));
  });
});
