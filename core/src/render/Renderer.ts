import type { Words } from '../i18n/Words.js';
import type { AssetStore } from './AssetStore.js';
import { TemplateOfDisabledModule } from './errors.js';
import { makeHelpers } from './helpers/makeHelpers.js';
import { IconSet } from './IconSet.js';
import type { RenderPage } from './PageFrame.js';
import { documentTitle, headOf, type RenderData } from './RenderState.js';
import { TemplateFiles, type TemplateFolders } from './TemplateFiles.js';
import { templateProblems } from './templateProblems.js';
import { Templates } from './Templates.js';

export interface RendererOptions {
  readonly folders: TemplateFolders & { readonly icons: URL };
  readonly assets: AssetStore;
}

/**
 * Turns views into HTML with the Handlebars templates of the packages.
 *
 * A template is compiled when it is first used and kept. A page is its own template, then the layout around it.
 */
export class Renderer {
  readonly icons: IconSet;
  readonly #files: TemplateFiles;
  readonly #assets: AssetStore;
  readonly #templates: Templates;
  readonly #knownHelpers: Readonly<Record<string, boolean>>;
  /** What templates are called with; shared, so that a rendering makes no table of its own. */
  readonly #runtime: object;

  constructor({ folders, assets }: RendererOptions) {
    this.icons = new IconSet(folders.icons);
    this.#assets = assets;
    this.#files = new TemplateFiles(folders);
    const blocks = new Set(
      this.#files
        .shared()
        .map(({ name }) => name)
        .filter((name) => name.startsWith('blocks/')),
    );
    const helpers = makeHelpers(this.icons, assets, blocks, (name, given, words) =>
      this.#drawAlone(name, given, words),
    );
    this.#knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
    this.#templates = new Templates(this.#files, this.#knownHelpers);
    this.#runtime = {
      helpers,
      partials: this.#templates.partials,
    };
  }

  /**
   * The whole HTML document of a page.
   *
   * @param template `plugin/name`
   * @throws {TemplateNotFound} with the file that was looked for
   * @throws {TemplateOfDisabledModule} when the plugin is off in the frame's snapshot
   * @throws {RenderFailed} with template and line
   */
  render(template: string, { frame, data: view }: RenderPage): string {
    const data: RenderData = { root: view, frame, head: headOf(frame) };
    const body = this.#run(template, view, data);
    const context = { frame, head: data.head, title: documentTitle(data.head, frame), body };
    return this.#templates.layout(data.head.layout)(context, { ...this.#runtime, data });
  }

  /** A mail: the whole document in the layout `mail`, and its body alone. @param title the subject */
  renderMail(
    template: string,
    { frame, data: view }: RenderPage,
    title: string,
  ): { readonly html: string; readonly body: string } {
    const data: RenderData = { root: view, frame, head: headOf(frame) };
    const body = this.#run(template, view, data);
    const context = { frame, title, body };
    return { html: this.#templates.layout('mail')(context, { ...this.#runtime, data }), body };
  }

  /** Only the template's own part, without a layout: for partial updates. */
  renderFragment(template: string, { frame, data: view }: RenderPage): string {
    return this.#run(template, view, { root: view, frame, head: headOf(frame) });
  }

  /**
   * What is wrong with the templates of a plugin, without rendering them: text that is no Handlebars, unknown
   * helpers, partials, icons, assets and translations, inline scripts and styles. An empty list means well.
   *
   * @param words texts to check keys against; left out: keys are not checked
   */
  problems(plugin: string, words?: Words): string[] {
    return templateProblems(plugin, this.#files, {
      knownHelpers: this.#knownHelpers,
      referable: {
        hasPartial: (name) => Object.hasOwn(this.#templates.partials, name),
        hasIcon: (name) => this.icons.has(name),
        hasAsset: (code, file) => this.#assets.has(code, file),
        hasText: (key) => words === undefined || words.has(key),
      },
    });
  }

  /** A partial that sees what it is given, and texts. */
  #drawAlone(name: string, given: object, words: Words): string {
    const partial = this.#templates.partials[name];
    if (!partial) throw new TypeError(`the partial '${name}' does not exist`);
    const frame = { words, language: words.language };
    return partial(given, { ...this.#runtime, data: { root: given, frame } });
  }

  #run(template: string, view: unknown, data: RenderData): string {
    const plugin = template.slice(0, template.indexOf('/'));
    if (plugin !== 'core' && !data.frame.snapshot.isOn(plugin))
      throw new TemplateOfDisabledModule({ template, plugin });
    return this.#templates.page(template)(view, { ...this.#runtime, data });
  }
}
