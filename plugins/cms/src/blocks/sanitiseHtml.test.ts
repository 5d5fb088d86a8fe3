import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sanitiseHtml } from './sanitiseHtml.js';
import { XSS_PAYLOADS } from '../../test/xssPayloads.fixture.js';

/** What must not be left in any form: elements and attributes that run something, and addresses that do. */
const DANGEROUS =
  /<\s*(script|style|iframe|object|embed|svg|math|form|input|img|video|audio|link|meta|base|template|noscript|textarea|button)|\son\w+\s*=|javascript:|vbscript:|data:|srcdoc/i;

/** What the markup would be to a browser, without the text between the tags. */
const tagsOf = (html: string): string => (html.match(/<[^>]*>/g) ?? []).join('');

describe('sanitised HTML [module:cms]', () => {
  it('keeps what a text needs', async () => {
    const html =
      '<h3>Hours</h3><p>Open <strong>daily</strong>, <em>except</em> Sundays.<br />See <a href="/contact">contact</a>.</p>' +
      '<ul><li>One</li></ul><blockquote><p>Quote</p></blockquote><table><thead><tr><th scope="col">Day</th></tr></thead><tbody><tr><td colspan="2">Mo</td></tr></tbody></table>';
    assert.equal(await sanitiseHtml(html), html);
  });

  it('puts headings below those of the page and old tags into today’s', async () => {
    assert.equal(
      await sanitiseHtml('<h1>A</h1><h2>B</h2><h6>C</h6><b>d</b><i>e</i>'),
      '<h3>A</h3><h3>B</h3><h4>C</h4><strong>d</strong><em>e</em>',
    );
  });

  it('marks links to other hosts and leaves own ones alone', async () => {
    assert.equal(
      await sanitiseHtml('<a href="https://example.org" target="_blank" class="x">out</a>'),
      '<a href="https://example.org" rel="noopener">out</a>',
    );
    assert.equal(await sanitiseHtml('<a href="/pricing" rel="opener">in</a>'), '<a href="/pricing">in</a>');
  });

  it('takes the address from links that lead where they do not say', async () => {
    for (const href of [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://bank.example@evil.example/',
      'ftp://x',
      'javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
    ]) {
      assert.equal(await sanitiseHtml(`<a href="${href}">x</a>`), '<a>x</a>', href);
    }
  });

  for (const payload of XSS_PAYLOADS) {
    it(`disarms ${payload.slice(0, 60)}`, async () => {
      const clean = await sanitiseHtml(payload);
      assert.doesNotMatch(tagsOf(clean), DANGEROUS);
      assert.equal(await sanitiseHtml(clean), clean);
    });
  }

  it('returns unchanged what it returned once', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...XSS_PAYLOADS),
      fc.constantFrom(
        '<p>',
        '</p>',
        '<h1>',
        '</h1>',
        '<a href="',
        '">',
        '</a>',
        '<ul><li>',
        '</li>',
        '<!--',
        '-->',
        '<b',
        '&lt;',
        '&amp;lt;',
        '&#0;',
        '<td rowspan="',
        '<![CDATA[',
        '<br/>',
        '\u0000',
        '<p <a>',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        async (dirty) => {
          const once = await sanitiseHtml(dirty);
          assert.equal(await sanitiseHtml(once), once);
          assert.doesNotMatch(tagsOf(once), DANGEROUS);
        },
      ),
      { numRuns: 500 },
    );
  });
});
