import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '@wizamart/core';
import { ROOT } from './wizamart.fixture.js';

/** All texts of the core and the plugins in a language, by key. */
export function dictionary(language: Language): ReadonlyMap<string, string> {
  const folders = ['core', ...readdirSync(`${ROOT}plugins`).map((plugin) => `plugins/${plugin}`)];
  return new Map(
    folders.flatMap((folder) =>
      Object.entries(
        JSON.parse(readFileSync(`${ROOT}${folder}/locales/${language}.json`, 'utf8')) as Record<
          string,
          string
        >,
      ),
    ),
  );
}

/** What is read on a page, piece by piece: between tags, and in attributes that are read out or shown. */
export function textsOf(html: string): string[] {
  const body = html
    .slice(html.indexOf('<body'))
    .replace(/<(script|style|textarea|code|pre)\b[\s\S]*?<\/\1>/g, ' ')
    // What says of itself that it is in another language.
    .replace(/<(\w+)\b[^>]* lang="[^"]*"[^>]*>[\s\S]*?<\/\1>/g, ' ');
  const told = [...body.matchAll(/ (?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  return [...body.split(/<[^>]*>/), ...told].map(decoded).filter((text) => text !== '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
  nbsp: ' ',
};

const decoded = (text: string): string =>
  text
    .replace(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

/** English texts that read differently in `language`, whatever key they are shown by. */
export function translatedElsewhere(language: Language): ReadonlySet<string> {
  const english = dictionary('en');
  const other = dictionary(language);
  const same = new Set([...english].filter(([key, text]) => other.get(key) === text).map(([, text]) => text));
  // Words of two languages that are written alike are texts of this one.
  const own = new Set(other.values());
  return new Set(
    [...english.values()].filter((text) => !text.includes('{') && !same.has(text) && !own.has(text)),
  );
}
