import assert from 'node:assert/strict';
import { testFrame, testRenderer } from '../render/render.fixture.js';
import { convertToText } from './convertToText.js';
import { mailColours, withMailStyles } from './mailStyles.js';

const LINK = 'https://oms.lu/store/reset?token=wz_a';
const DATA = {
  link: LINK,
  site: 'OMS',
  place: 'Acme',
  invitedBy: 'Ann',
  email: 'ann@example.org',
  at: new Date('2026-03-01T10:00:00Z'),
  expiresAt: new Date('2026-03-02T10:00:00Z'),
};
const LED = ['email-confirm', 'invitation', 'password-changed', 'password-reset'];
const TOLD = ['email-changed'];

describe('Mails about accounts [module:core]', () => {
  const { renderer, remove } = testRenderer();
  after(remove);
  const mail = (name: string, language: 'en' | 'fr' | 'de' | 'lb' = 'en') => {
    const frame = testFrame({ language, siteName: 'OMS', homeHref: 'https://oms.lu/' });
    const { html, body } = renderer.renderMail(`core/mail-${name}`, { frame, data: DATA }, 'A subject');
    return { html: withMailStyles(html, mailColours('')), text: convertToText(body) };
  };

  for (const name of LED)
    it(`lead by a button, and by an address for programmes that draw none: ${name}`, () => {
      for (const language of ['en', 'fr', 'de', 'lb'] as const) {
        const { html, text } = mail(name, language);
        const buttons = [...html.matchAll(/<a class="btn" href="([^"]*)" style="[^"]*background-color/g)];
        assert.deepEqual(
          buttons.map(([, href]) => href?.replace('&#x3D;', '=')),
          [LINK],
        );
        assert.match(html, /<p class="mail-address" style="[^"]*word-break:break-all/);
        assert.equal(text.split(LINK).length, 2, 'the address stands there once');
        assert.ok(text.includes(`\n${LINK}\n`) || text.endsWith(`\n${LINK}`), text);
      }
    });

  for (const name of [...LED, ...TOLD])
    it(`stand in the layout of mails: ${name}`, () => {
      const { html } = mail(name);
      assert.match(html, /class="mail-card"/);
      assert.match(html, /class="mail-brand"[^>]*>OMS</);
    });
});
