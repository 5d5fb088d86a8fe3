import Handlebars from 'handlebars';
import type { AssetStore } from './AssetStore.js';
import type { Words } from '../i18n/Words.js';
import { checkCompiles, compileTemplate, invalid, type Compiled } from './compileTemplate.js';
import { RenderFailed, TemplateInvalid, TemplateOfDisabledModule } from './errors.js';
import type { Helper } from './helpers/helper.js';
import { makeHelpers } from './helpers/makeHelpers.js';
import { IconSet } from './IconSet.js';
import type { Layout, RenderPage } from './PageFrame.js';
import { prepareAst } from './prepareAst.js';
import { documentTitle, headOf, type RenderData } from './RenderState.js';
import { TemplateCheck } from './TemplateCheck.js';
import { TemplateFiles, type TemplateFile, type TemplateFolders } from './TemplateFiles.js';

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
  readonly #compiled = new Map<string, Compiled>();
  readonly #helpers: Readonly<Record<string, Helper>>;
  readonly #knownHelpers: Readonly<Record<string, boolean>>;
  readonly #partials: object;
  readonly #assets: AssetStore;
  /** What templates are called with; shared, so that a rendering makes no table of its own. */
  readonly #runtime: object;

  constructor({ folders, assets }: RendererOptions) {
    this.icons = new IconSet(folders.icons);
    this.#assets = assets;
    this.#files = new TemplateFiles(folders);
    const partials = this.#files.partials();
    const blocks = new Set(partials.map(({ name }) => name).filter((name) => name.startsWith('blocks/')));
    this.#helpers = makeHelpers(this.icons, assets, blocks);
    this.#knownHelpers = Object.fromEntries(Object.keys(this.#helpers).map((name) => [name, true]));
    this.#partials = this.#lazyPartials(partials);
    this.#runtime = {
      partial: true,
      helpers: this.#helpers,
      partials: this.#partials,
      decorators: {},
      hooks: Handlebars.helpers,
      // Fields that a prototype brings (getters, methods) are not data of a view.
      protoAccessControl: { methods: { whitelist: {}, defaultValue: false }, properties: { whitelist: {}, defaultValue: false } },
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
  render(template: string, page: RenderPage): string {
    const { frame } = page;
    const data: RenderData = { root: page.data, frame, head: headOf(frame) };
    const body = this.#run(template, page.data, data);
    const context = { frame, head: data.head, title: documentTitle(data.head, frame), body };
    return this.#layout(data.head.layout)(context, { ...this.#runtime, data });
  }

  /** Only the template's own part, without a layout: for partial updates and mails. */
  renderFragment(template: string, page: RenderPage): string {
    return this.#run(template, page.data, { root: page.data, frame: page.frame, head: headOf(page.frame) });
  }

  /**
   * What is wrong with the templates of a plugin, without rendering them: text that is no Handlebars, unknown
   * helpers, partials, icons, assets and translations, inline scripts and styles. An empty list means well.
   *
   * @param words texts to check keys against; left out: keys are not checked
   */
  problems(plugin: string, words?: Words): string[] {
    return this.#files.ofPlugin(plugin).concat(plugin === 'core' ? this.#files.shared() : []).flatMap((file) => this.#problemsOf(file, words));
  }

  #problemsOf(file: TemplateFile, words: Words | undefined): string[] {
    const check = new TemplateCheck({
      hasPartial: (name) => Object.hasOwn(this.#partials, name),
      hasIcon: (name) => this.icons.has(name),
      hasAsset: (code, asset) => this.#assets.has(code, asset),
      hasText: (key) => words === undefined || words.has(key),
    });
    try {
      const ast = Handlebars.parse(this.#files.read(file));
      check.accept(ast);
      prepareAst(ast, file, this.#files.ownerOf);
      checkCompiles(ast, this.#knownHelpers);
    } catch (error) {
      return [invalid(file, error as Error).message];
    }
    return check.problems.map(({ line, reason }) => `The template '${file.name}' (${file.file}:${line}): ${reason}`);
  }

  #run(template: string, view: unknown, data: RenderData): string {
    const plugin = template.slice(0, template.indexOf('/'));
    if (plugin !== 'core' && !data.frame.snapshot.isOn(plugin)) throw new TemplateOfDisabledModule({ template, plugin });
    const compiled = this.#compiled.get(template) ?? this.#compile(template, this.#files.page(template));
    return compiled(view, { ...this.#runtime, data });
  }

  #layout(layout: Layout): Compiled {
    const name = `layouts/${layout}`;
    return this.#compiled.get(name) ?? this.#compile(name, this.#files.layout(layout));
  }

  #compile(name: string, file: TemplateFile): Compiled {
    const compiled = naming(file, compileTemplate(file, this.#files.read(file), { knownHelpers: this.#knownHelpers, ownerOf: this.#files.ownerOf }));
    this.#compiled.set(name, compiled);
    return compiled;
  }

  /** Compiles a partial when a template first reaches for it. */
  #lazyPartials(files: readonly TemplateFile[]): object {
    const partials = Object.create(null) as Record<string, Compiled>;
    for (const file of files) {
      Object.defineProperty(partials, file.name, {
        configurable: true,
        enumerable: true,
        get: () => {
          const value = this.#compiled.get(file.name) ?? this.#compile(file.name, file);
          Object.defineProperty(partials, file.name, { value, enumerable: true });
          return value;
        },
      });
    }
    return partials;
  }
}

/** Lets an error say in which template it happened: the innermost one counts. */
function naming({ name, file }: TemplateFile, compiled: Compiled): Compiled {
  return (context, options) => {
    try {
      return compiled(context, options);
    } catch (error) {
      if (error instanceof RenderFailed || error instanceof TemplateInvalid) throw error;
      const { message, lineNumber } = error as Error & { lineNumber?: number };
      const failure = new RenderFailed({ template: name, file, line: lineNumber ?? null, reason: message.replace(/ - \d+:\d+$/, '') });
      failure.cause = error;
      throw failure;
    }
  };
}
