import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { coreLocales } from '../../builtin/packageFolders.js';
import { readLocales } from '../../i18n/locales.js';
import { Translator } from '../../i18n/Translator.js';
import { renderParts } from '../../server/renderParts.js';
import { wire, type ContractSubject, type Findings } from './subject.js';

/** Every template can be compiled, and every one that a view, block or widget names is there. */
export function templateFindings(subject: ContractSubject): Findings {
  const { plugin } = subject;
  const { renderer } = renderParts([plugin, ...subject.with]);
  return [...renderer.problems(plugin.code, wordsOf(subject)), ...missing(subject)];
}

function missing(subject: ContractSubject): Findings {
  const { plugin } = subject;
  const { routes, widgets } = wire(subject);
  const handlers = routes.map((route) => String(route.handle) + String(route.invalid));
  const named = new Set([
    ...plugin.blocks.map(({ template }) => template),
    ...widgets.map(({ template }) => template),
    ...[...handlers, ...sources(plugin.templates)].flatMap((text) =>
      [...text.matchAll(/\bview\(\s*['"`]([a-z0-9/-]+)['"`]/g)].map((match) => match[1] as string),
    ),
  ]);
  return [...named]
    .filter(
      (name) =>
        name.startsWith(`${plugin.code}/`) && !isThere(plugin.templates, name.slice(plugin.code.length + 1)),
    )
    .map(
      (name) =>
        `the template '${name}' is named, but there is no ${name.slice(plugin.code.length + 1)}.hbs in the plugin's templates`,
    );
}

function isThere(folder: URL | undefined, name: string): boolean {
  return folder !== undefined && existsSync(path.join(fileURLToPath(folder), `${name}.hbs`));
}

/** The plugin's source files, where they lie beside its templates. */
function sources(templates: URL | undefined): string[] {
  if (!templates) return [];
  const folder = path.join(fileURLToPath(templates), '..', 'src');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

function wordsOf({ plugin, with: others }: ContractSubject): ReturnType<Translator['words']> | undefined {
  try {
    const locales = [plugin, ...others].flatMap(({ code, locales: folder }) =>
      folder ? [readLocales(code, folder)] : [],
    );
    return Translator.of([readLocales('core', coreLocales), ...locales], {}).words('en', 'en');
  } catch {
    // Unreadable locales are told by their own check.
    return undefined;
  }
}
