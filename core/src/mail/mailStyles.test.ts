import assert from 'node:assert/strict';
import { testFrame, testRenderer } from '../render/render.fixture.js';
import { THEME_PRESETS } from '../tenancy/theme/presets.js';
import { compileTheme } from '../tenancy/theme/compileTheme.js';
import { mailColours, withMailStyles } from './mailStyles.js';

const BODY = '<p>{{greeting}}</p>\n<p><a class="btn" href="https://oms.lu/x?a=1&amp;b=2">Go on</a></p>';

function mail(greeting: string): string {
  const { renderer, remove } = testRenderer({ 'shop/mail.hbs': BODY });
  const frame = testFrame({ language: 'de', homeHref: 'https://oms.lu/', siteName: 'OMS' });
  const { html } = renderer.renderMail('shop/mail', { frame, data: { greeting } }, 'A subject');
  remove();
  return withMailStyles(html, mailColours(compileTheme(THEME_PRESETS.fresh).css));
}

describe('Layout of mails [module:core]', () => {
  it('is a document in the mail’s language with its subject, and says who sent it', () => {
    const html = mail('Hello');
    assert.match(html, /<html lang="de">/);
    assert.match(html, /<title>A subject<\/title>/);
    assert.match(html, /Diese E-Mail wurde von OMS gesendet\.<br>/);
  });
  it('draws buttons in the brand’s colours, without a sheet that programmes would drop', () => {
    const { primary, onPrimary } = mailColours(compileTheme(THEME_PRESETS.fresh).css);
    assert.notEqual(primary, mailColours('').primary, 'the theme has a colour of its own');
    assert.match(
      mail('Hello'),
      new RegExp(`<a class="btn"[^>]*style="[^"]*background-color:${primary};color:${onPrimary}`),
    );
    assert.doesNotMatch(mail('Hello'), /<link|<script|class="mail-card"[^>]*(?<!style="[^"]*")>$/m);
  });
  it('follows programmes that show mails dark', () => {
    assert.match(mail('Hello'), /<meta name="color-scheme" content="light dark">/);
    assert.match(mail('Hello'), /<style>@media \(prefers-color-scheme:dark\)/);
  });
  it('keeps what somebody wrote as text', () => {
    const html = mail('<p class="btn">not a button</p> style="x"');
    assert.match(html, /&lt;p class&#x3D;&quot;btn&quot;&gt;not a button/);
  });
});
