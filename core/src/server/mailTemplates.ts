import type { Language, TenantContext } from '../kernel/context.js';
import type { MailRenderer, RenderedMail } from '../mail/Mailer.js';
import { convertToText } from '../mail/convertToText.js';
import { mailColours, withMailStyles } from '../mail/mailStyles.js';
import type { Translator } from '../i18n/Translator.js';
import { plainFrame } from '../http/plainFrame.js';
import type { Renderer } from '../render/Renderer.js';

/** Renders mails, HTML in the brand's colours and plain text, from the plugins' templates: `plugin/mail-name`, its subject from the text `plugin.mail.name.subject`. */
export class TemplateMails implements MailRenderer {
  #translator: Translator | undefined;

  constructor(private readonly renderer: Renderer) {}

  /** Texts are read after the mailer is made. */
  use(translator: Translator): void {
    this.#translator = translator;
  }

  async render(
    ctx: TenantContext,
    template: string,
    data: Readonly<Record<string, unknown>>,
    language: Language,
  ): Promise<RenderedMail> {
    const words = (this.#translator as Translator).words(language, ctx.platform.defaultLanguage);
    const [plugin = '', name = ''] = template.split('/');
    const frame = plainFrame({
      surface: ctx.store ? 'storefront' : 'platform',
      language,
      words,
      links: ctx.links,
      snapshot: ctx.snapshot,
      siteName: (ctx.store ?? ctx.platform).name,
      homeHref: ctx.links.canonical('/', language),
    });
    const subject = words.text(`${plugin}.mail.${name.replace(/^mail-/, '')}.subject`, data);
    const { html, body } = this.renderer.renderMail(template, { frame, data }, subject);
    return {
      subject,
      html: withMailStyles(html, mailColours((ctx.store ?? ctx.platform).theme.css)),
      text: `${convertToText(body)}\n\n-- \n${words.text('core.mail.sentBy', { site: frame.siteName })}\n${frame.homeHref}\n`,
    };
  }
}
