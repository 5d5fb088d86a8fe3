import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Language, LANGUAGES, z } from '@wizamart/core';
import { bodySchema } from '../blocks/schemas.js';
import { longText, shortText } from '../blocks/fields.js';
import type { NewPage } from '../input/pageInput.js';
import { seoSchema } from '../seo/seoSchema.js';
import { pageSlug } from '../input/pageSlug.js';
import { PAGE_TEMPLATES, PLACEMENTS } from '../types.js';

const translation = z.strictObject({
  title: shortText,
  description: longText.optional(),
  body: bodySchema,
  seo: seoSchema.optional(),
});

/** A page as a host or the demo data bring it: one JSON object with all its languages. */
export const pageFile = z.strictObject({
  slug: pageSlug,
  template: z.enum(PAGE_TEMPLATES),
  placement: z.enum(PLACEMENTS),
  position: z.int().min(0),
  translations: z
    .partialRecord(z.enum(LANGUAGES), translation)
    .refine((languages) => Object.keys(languages).length > 0, 'A page needs at least one language.'),
});
export type PageFile = z.output<typeof pageFile>;

/**
 * Reads the pages in a folder of a host, `<pages>/<folder>/*.json`, by name; none where the folder is missing.
 *
 * @throws {Error} that names the file and what to mend
 */
export async function readPageFiles(pages: string, folder: string): Promise<NewPage[]> {
  const directory = path.join(pages, folder);
  if (!existsSync(directory)) return [];
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => readPageFile(path.join(directory, name))));
}

/** The page in the shape in which it is created: published, its first language in front. */
export function newPageOf({ translations, ...page }: PageFile): NewPage {
  const [language, ...others] = LANGUAGES.filter((code) => translations[code] !== undefined) as [
    Language,
    ...Language[],
  ];
  const first = translations[language] as z.output<typeof translation>;
  return {
    ...page,
    language,
    ...first,
    translations: Object.fromEntries(others.map((code) => [code, translations[code]])),
    status: 'published',
  } as NewPage;
}

async function readPageFile(file: string): Promise<NewPage> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The page ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const parsed = pageFile.safeParse(content);
  if (!parsed.success) throw new Error(`The page ${file} is not valid:\n${z.prettifyError(parsed.error)}`);
  return newPageOf(parsed.data);
}
