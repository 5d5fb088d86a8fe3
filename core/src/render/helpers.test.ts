import assert from 'node:assert/strict';
import { testFrame, testRenderer } from './render.fixture.js';

/** Template → what it must give with the view below. */
const CASES: readonly (readonly [template: string, expected: string | RegExp])[] = [
  ["{{t 'core.platforms.summary' stores=1 modules=2}}", '1 store, 2 modules'],
  ["{{t 'core.list.nothingFoundText' q='<b>'}}", /“&lt;b&gt;”/],
  ["{{t 'core.nothing'}}", /missing/],
  ['{{date at}}', '20 Nov 2026'],
  ["{{date '2026-03-29' style='long'}}", '29 March 2026'],
  ['{{date at time=true}}', '20 Nov 2026, 11:30'],
  ['{{date none}}', ''],
  ["{{date at style='tiny'}}", /style of date must be/],
  ['{{time at}}', '<time datetime="2026-11-20T10:30:00.000Z">20 Nov 2026, 11:30</time>'],
  ["{{number big}} {{number share style='percent' decimals=1}}", '12,345.5 12.5%'],
  ['{{number text}}', /number takes a number, not string/],
  ["{{money total}} {{money 1250 'EUR'}}", '€12.50 €12.50'],
  ['{{money big}}', /money takes/],
  ["{{money 1 'JPY'}}", /no minor units/],
  ["{{href 'admin' '/pages/{id}' id=id tab='seo' q=none}}", '/at/admin/pages/a%2Fb?tab&#x3D;seo'],
  ["{{href 'moon' '/x'}}", /href takes a surface/],
  ["{{href 'admin' '/x/{missing}'}}", /href needs 'missing'/],
  ["{{api '/pages/{id}' id=id}}", '/api/v1/pages/a%2Fb'],
  ["{{asset 'core' 'nothing.css'}}", /has no asset 'nothing.css'/],
  ["{{asset 'core' 'site.css'}}", /^\/assets\/core\/site\.[0-9a-f]{16}\.css$/],
  [
    "{{contentHref '/pricing'}} {{contentHref 'https://a.lu'}} {{contentHref 'javascript:x'}} {{contentHref '//evil.lu'}}",
    '/at/platform/pricing https://a.lu # #',
  ],
  ['{{contentHtml html}}', '<a href="/at/platform/x">x</a><a href="https://y">y</a><a href="//z">z</a>'],
  [
    "{{eq id 'a/b'}} {{ne id 'x'}} {{not zero}} {{and id text}} {{or none zero text}}",
    'true true true text text',
  ],
  ["<i{{attr 'disabled' yes}}{{attr 'title' quote}}{{attr 'hidden' none}}>", '<i disabled title="a&quot;b">'],
  ["<i{{attr 'onclick' text}}>", /cannot write the attribute 'onclick'/],
  ["{{icon 'check'}}", /^<svg class="icon".*aria-hidden="true".*<\/svg>$/],
  ["{{icon 'nope'}}", /there is no icon 'nope'/],
  ["{{icon text fallback='check'}}", /^<svg/],
  ['{{errorText error}}', 'The e-mail address or the password is not right.'],
  ["{{errorText (object code='SHOP_X' message='As is')}}", 'As is'],
];

describe('template helpers [module:core]', () => {
  const view = {
    at: new Date('2026-11-20T10:30:00Z'),
    none: null,
    big: 12_345.5,
    share: 0.125,
    text: 'text',
    total: { amountMinor: 1250, currency: 'EUR' },
    id: 'a/b',
    zero: 0,
    yes: true,
    quote: 'a"b',
    html: '<a href="/x">x</a><a href="https://y">y</a><a href="//z">z</a>',
    error: { code: 'INVALID_CREDENTIALS', message: 'x' },
  };
  const { renderer, remove } = testRenderer(
    Object.fromEntries(CASES.map(([template], index) => [`shop/case-${index}.hbs`, template])),
  );

  after(remove);

  CASES.forEach(([template, expected], index) => {
    it(template, () => {
      let result: string;
      try {
        result = renderer.renderFragment(`shop/case-${index}`, { frame: testFrame(), data: view });
      } catch (error) {
        result = (error as Error).message;
      }
      if (typeof expected === 'string') assert.equal(result, expected);
      else assert.match(result, expected);
    });
  });
});
