import assert from 'node:assert/strict';
import { RenderFailed, TemplateInvalid, TemplateNotFound, TemplateOfDisabledModule } from './errors.js';
import { testFrame, testRenderer, testTranslator } from './render.fixture.js';

const FILES = {
  'shop/hello.hbs': '{{page title=title}}\n<h1>{{title}}</h1>\n  <p>{{@frame.siteName}}</p>',
  'shop/strict.hbs': 'one\n\n{{thing}}',
  'shop/helper.hbs': 'one\n{{> shop/inner value=1}}',
  'shop/inner.hbs': '\n\n{{date value}}',
  'shop/raw.hbs': '\n{{{title}}}',
  'shop/foreign.hbs': '{{> other/part}}',
  'shop/unknown-helper.hbs': '{{shout title}}',
  'shop/unclosed.hbs': 'one\n{{#if a}}',
  'shop/isolated.hbs': '{{> shop/reads-title}}',
  'shop/reads-title.hbs': '[{{#if title}}{{title}}{{/if}}]',
  'shop/block.hbs': '<b>{{text}}</b>',
  'shop/body.hbs': '{{> blocks blocks=body}}',
  'shop/bad-page.hbs': '\n{{page colour="red"}}',
  'shop/getter.hbs': '{{#if item.secret}}seen{{else}}hidden{{/if}}',
  'other/part.hbs': 'part',
};

const caught = (run: () => unknown): Error & { data: Record<string, unknown> } => {
  try {
    run();
  } catch (error) {
    return error as Error & { data: Record<string, unknown> };
  }
  return assert.fail('nothing was thrown');
};

describe('Renderer [module:core]', () => {
  const { renderer, remove } = testRenderer(FILES);
  const frame = testFrame();
  const fragment = (template: string, data: Record<string, unknown> = {}, extra = {}): string =>
    renderer.renderFragment(template, { frame: testFrame(extra), data });

  after(remove);

  it('puts a page into the layout of its surface, with title and language', () => {
    const html = renderer.render('shop/hello', {
      frame: testFrame({ language: 'fr' }),
      data: { title: 'A & B' },
    });
    assert.match(html, /^<!doctype html>\n<html lang="fr">/);
    assert.ok(html.includes('<title>A &amp; B · Test site</title>'));
    assert.ok(html.includes('<h1>A &amp; B</h1>\n<p>Test site</p>'));
    assert.ok(html.includes('class="site site--marketing"'));
  });

  it('escapes what a view holds', () => {
    assert.ok(fragment('shop/hello', { title: '<script>' }).includes('&lt;script&gt;'));
  });

  it('gives the same page twice for the same view: nothing is left from one rendering to the next', () => {
    const first = renderer.render('shop/hello', { frame, data: { title: 'A' } });
    renderer.render('core/login', {
      frame,
      data: { form: { action: '/', values: { email: '' } }, next: undefined, surface: 'admin', title: 'x' },
    });
    assert.equal(renderer.render('shop/hello', { frame, data: { title: 'A' } }), first);
  });

  it('names template, plugin and file of a template that does not exist', () => {
    const error = caught(() => fragment('shop/nothing'));
    assert.ok(error instanceof TemplateNotFound);
    assert.equal(error.data['plugin'], 'shop');
    assert.match(String(error.data['file']), /shop\/nothing\.hbs$/);
  });

  it('does not leave a plugin’s folder', () => {
    for (const name of ['shop/../other/part', '../core/login', 'shop//etc/passwd', 'nobody/x', 'hello']) {
      assert.throws(() => fragment(name), TemplateNotFound, name);
    }
  });

  it('refuses the template of a module that is off', () => {
    const off = { snapshot: { key: 'x', isOn: (code: string) => code !== 'shop' } };
    assert.throws(
      () => fragment('shop/hello', { title: 'x' }, off),
      new TemplateOfDisabledModule({ template: 'shop/hello', plugin: 'shop' }),
    );
  });

  it('says template and line where a field is missing', () => {
    const error = caught(() => fragment('shop/strict'));
    assert.ok(error instanceof RenderFailed);
    assert.deepEqual([error.data['template'], error.data['line']], ['shop/strict', 3]);
    assert.match(error.message, /"thing" not defined/);
  });

  it('says the partial and its line where a helper refuses its argument', () => {
    const error = caught(() => fragment('shop/helper'));
    assert.ok(error instanceof RenderFailed);
    assert.deepEqual([error.data['template'], error.data['line']], ['shop/inner', 3]);
    assert.match(error.message, /a date must be a Date or an ISO text/);
  });

  it('draws what is kept once for the same things given, in the same language, and anew for others', () => {
    const { renderer, remove } = testRenderer({
      'shop/kept.hbs': "{{kept 'shop/head' who=who}}",
      'shop/head.hbs': "{{who.name}} {{t 'core.layout.menu'}}",
      'shop/curious.hbs': "{{kept 'shop/looks-around'}}",
      'shop/looks-around.hbs': '{{@frame.siteName}}',
    });
    const draw = (name: string, language: 'en' | 'de'): string =>
      renderer.renderFragment('shop/kept', { frame: testFrame({ language }), data: { who: { name } } });
    const [ann, again, bob, german] = [
      draw('Ann', 'en'),
      draw('Ann', 'en'),
      draw('<Bob>', 'en'),
      draw('Ann', 'de'),
    ];
    assert.throws(
      () => renderer.renderFragment('shop/curious', { frame: testFrame(), data: {} }),
      /siteName/,
    );
    remove();
    assert.equal(ann, 'Ann Menu');
    assert.equal(again, ann);
    assert.match(bob, /^&lt;Bob&gt; Menu$/);
    assert.notEqual(german, ann);
  });
  it('refuses unescaped output, partials of other plugins, unknown helpers and unclosed blocks, with the line', () => {
    for (const [template, line, words] of [
      ['shop/raw', 2, /unescaped output is refused/],
      ['shop/foreign', 1, /belongs to the plugin 'other'/],
      ['shop/unknown-helper', null, /shout/],
      ['shop/unclosed', 2, /Parse error/],
    ] as const) {
      const error = caught(() => fragment(template, { title: 'x' }));
      const cause = error instanceof TemplateInvalid ? error : (error.cause as typeof error);
      assert.match(cause.message, words, template);
      if (line) assert.equal(cause.data['line'], line, template);
    }
  });

  it('shows a partial only what it was given', () => {
    assert.equal(fragment('shop/isolated', { title: 'outer' }), '[]');
  });

  it('refuses to set on the page what does not exist', () => {
    assert.match(
      caught(() => fragment('shop/bad-page')).message,
      /shop\/bad-page.*:2\) failed: page takes title/,
    );
  });

  it('does not show what only a prototype has', () => {
    class Secret {
      get secret(): string {
        return 'x';
      }
    }
    assert.equal(fragment('shop/getter', { item: new Secret() }), 'hidden');
  });

  it('draws core’s blocks, those of modules that are on, and nothing for others', () => {
    const body = [{ type: 'heading', level: 2, text: 'A' }, { type: 'promo', text: 'B' }, { type: 'gone' }];
    const html = fragment('shop/body', { body }, { blocks: new Map([['promo', 'shop/block']]) });
    assert.match(html, /<h2>A<\/h2>/);
    assert.match(html, /<b>B<\/b>/);
    assert.equal(fragment('shop/body', { body: [{ type: 'promo', text: 'B' }] }).trim(), '');
  });

  it('finds nothing wrong with the templates of core, in any language', () => {
    assert.deepEqual(renderer.problems('core', testTranslator.words('en')), []);
  });
});

describe('Renderer.problems [module:core]', () => {
  const { renderer, remove } = testRenderer({
    'shop/bad.hbs': [
      "{{t 'core.nothing'}}",
      "{{icon 'nothing'}}",
      "{{asset 'core' 'nothing.css'}}",
      '{{> nothing}}',
      '<p style="color:red">',
      '<script>x()</script>',
      '<a onclick="x()" href="javascript:x">',
      "{{> badge kind='info' text=(t 'core.nothing')}}",
      '<img alt="A red door">{{! no text }}<code>npm start</code>&nbsp;',
      '<p>{{x}} Only English</p>',
    ].join('\n'),
    'shop/broken.hbs': '{{#if x}}',
    'shop/unknown.hbs': '{{shout x}}',
    'shop/good.hbs': "{{t 'core.form.save'}}",
  });

  after(remove);

  it('finds what a template names that does not exist, and markup that browsers would refuse', () => {
    const problems = renderer.problems('shop', testTranslator.words('en'));
    for (const words of [
      /bad\.hbs:1\): the translation 'core\.nothing'/,
      /bad\.hbs:2\): the icon 'nothing'/,
      /the asset 'nothing\.css' of 'core'/,
      /the partial 'nothing' does not exist/,
      /a style attribute/,
      /an inline script/,
      /an event handler attribute/,
      /a javascript: address/,
      /bad\.hbs:8\): the translation/,
      /bad\.hbs:9\): 'A red door' is written in one language only/,
      /bad\.hbs:10\): 'Only English' is written in one language only/,
      /'shop\/broken' .* Parse error/,
      /'shop\/unknown' .*shout/,
    ])
      assert.ok(
        problems.some((problem) => words.test(problem)),
        `${String(words)} in\n${problems.join('\n')}`,
      );
    assert.ok(!problems.some((problem) => problem.includes('good')));
  });
});
