import path from 'node:path';
import type { TemplateFile, TemplateFiles } from '../render/TemplateFiles.js';

export interface TemplateSummary {
  /** `plugin/name`, `layouts/name`, or the bare name of a shared partial. */
  readonly name: string;
  readonly plugin: string;
  /** Path below the package that brings it. */
  readonly file: string;
}

export interface TemplateExplanation extends TemplateSummary {
  /** What its head comment says: its view, or the parameters of a partial. */
  readonly says: string | null;
  readonly source: string;
  /** Partials it draws; names that are put together at run time are shown as written. */
  readonly parts: readonly string[];
  readonly usedBy: readonly string[];
}

const HEAD = /^\s*\{\{!--([\s\S]*?)--\}\}/;
const PARTIAL = /\{\{#?>\s*(\([^)]*\)|[\w/.-]+)/g;

/** What the templates of the packages say of themselves and of each other; read from the files when asked. */
export class TemplateFacts {
  constructor(private readonly files: TemplateFiles) {}

  /** Pages, partials and layouts of all packages, by name. */
  list(): readonly TemplateSummary[] {
    return this.#all()
      .map(summaryOf)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** One template by its name; undefined where no package brings it. */
  explain(name: string): TemplateExplanation | undefined {
    const all = this.#all();
    const found = all.find((file) => file.name === name);
    if (!found) return undefined;
    const source = this.files.read(found);
    return {
      ...summaryOf(found),
      says: HEAD.exec(source)?.[1]?.trim() ?? null,
      source,
      parts: partsOf(source),
      usedBy: all
        .filter((other) => partsOf(this.files.read(other)).includes(name))
        .map((other) => other.name)
        .sort(),
    };
  }

  #all(): TemplateFile[] {
    const byFile = [...this.files.shared(), ...this.files.partials()].map(
      (file) => [file.name, file] as const,
    );
    return [...new Map(byFile).values()];
  }
}

const summaryOf = ({ name, plugin, file }: TemplateFile): TemplateSummary => ({
  name,
  plugin,
  file: file.split(path.sep).slice(-3).join('/'),
});

const partsOf = (source: string): string[] =>
  [...new Set([...source.matchAll(PARTIAL)].map(([, name]) => name as string))].sort();
