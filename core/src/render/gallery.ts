import { readdirSync, readFileSync } from 'node:fs';
import { gallery } from '@wizamart/templates';
import type { Language } from '../kernel/context.js';
import { chartOf } from './chart/chartOf.js';
import type { ChartSpec } from './chart/chartSpec.js';

/** One example of the component gallery. */
export interface GalleryExample {
  /** Its template is `core/gallery/{name}`. */
  readonly name: string;
  /** Heading it stands under, such as `Forms`. For developers, in English. */
  readonly group: string;
  readonly title: string;
  readonly description: string;
  /** What one copies: the template, without its head comment. */
  readonly source: string;
  /** What it is rendered with. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The examples of the shared partials, by group and title; charts are worked out for the language. */
export function readGallery(language: Language): GalleryExample[] {
  return readdirSync(gallery)
    .filter((file) => file.endsWith('.json'))
    .map((file) => read(file.slice(0, -'.json'.length), language))
    .sort((a, b) => a.group.localeCompare(b.group) || a.title.localeCompare(b.title));
}

function read(name: string, language: Language): GalleryExample {
  const { group, title, description, data } = JSON.parse(
    readFileSync(new URL(`${name}.json`, gallery), 'utf8'),
  ) as Omit<GalleryExample, 'name' | 'source'>;
  const { chartSpecs, ...rest } = data as { chartSpecs?: readonly ChartSpec[] };
  const charts = chartSpecs?.map((spec) => chartOf(spec, { language }));
  const source = readFileSync(new URL(`${name}.hbs`, gallery), 'utf8').replace(
    /^\{\{!--[\s\S]*?--\}\}\n/,
    '',
  );
  return { name, group, title, description, source, data: charts ? { ...rest, charts } : rest };
}
