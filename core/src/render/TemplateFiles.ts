import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { TemplateNotFound } from './errors.js';

/** One template as it lies in a package. */
export interface TemplateFile {
  /** `plugin/name`, `layouts/name`, or the bare name of a shared partial. */
  readonly name: string;
  /** Plugin it belongs to; `core` for what all share. */
  readonly plugin: string;
  readonly file: string;
}

/** Where templates lie: only folders of packages, so that a tenant's text is never compiled. */
export interface TemplateFolders {
  /** Plugin code → folder of its .hbs files. `core` is `pages/core` of the templates package. */
  readonly plugins: ReadonlyMap<string, URL>;
  readonly layouts: URL;
  readonly partials: URL;
}

const NAME = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/;

/** Finds template files by name. */
export class TemplateFiles {
  constructor(private readonly folders: TemplateFolders) {}

  /** The page or plugin partial `plugin/name`. @throws {TemplateNotFound} */
  page(name: string): TemplateFile {
    const [plugin = '', ...rest] = name.split('/');
    const folder = this.folders.plugins.get(plugin);
    const file = folder
      ? path.join(fileURLToPath(folder), `${rest.join('/')}.hbs`)
      : `(plugin '${plugin}' declares no folder of templates)`;
    if (!folder || !NAME.test(name) || !existsSync(file))
      throw new TemplateNotFound({ template: name, plugin, file });
    return { name, plugin, file };
  }

  layout(name: string): TemplateFile {
    const file = path.join(fileURLToPath(this.folders.layouts), `${name}.hbs`);
    if (!existsSync(file)) throw new TemplateNotFound({ template: `layouts/${name}`, plugin: 'core', file });
    return { name: `layouts/${name}`, plugin: 'core', file };
  }

  /** Layouts and shared partials: what belongs to no plugin. */
  shared(): TemplateFile[] {
    const layouts = listed(this.folders.layouts).map(({ name, file }) => ({
      name: `layouts/${name}`,
      plugin: 'core',
      file,
    }));
    return [...layouts, ...this.#sharedPartials()];
  }

  /** All partials that templates may use: the shared ones by bare name, those of plugins as `plugin/name`. */
  partials(): TemplateFile[] {
    return [
      ...this.#sharedPartials(),
      ...[...this.folders.plugins.keys()].flatMap((plugin) => this.ofPlugin(plugin)),
    ];
  }

  /** Every template of one plugin. */
  ofPlugin(plugin: string): TemplateFile[] {
    const folder = this.folders.plugins.get(plugin);
    return folder
      ? listed(folder).map(({ name, file }) => ({ name: `${plugin}/${name}`, plugin, file }))
      : [];
  }

  /** The plugin a partial belongs to; `core` for the shared ones. */
  ownerOf = (partial: string): string => {
    const plugin = partial.slice(0, Math.max(0, partial.indexOf('/')));
    return this.folders.plugins.has(plugin) ? plugin : 'core';
  };

  read({ file }: TemplateFile): string {
    return readFileSync(file, 'utf8');
  }

  #sharedPartials(): TemplateFile[] {
    return listed(this.folders.partials).map(({ name, file }) => ({ name, plugin: 'core', file }));
  }
}

function listed(folder: URL): { name: string; file: string }[] {
  const root = fileURLToPath(folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => ({ name: file.slice(0, -4).split(path.sep).join('/'), file: path.join(root, file) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
