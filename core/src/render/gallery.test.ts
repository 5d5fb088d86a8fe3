import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { layouts, pages, partials } from '@wizamart/templates';
import { readGallery } from './gallery.js';
import { testFrame, testRenderer } from './render.fixture.js';

/** Partials of public pages and of the API reference: they are shown by the pages themselves. */
const PUBLIC = /^(actions|api-.*|block-head|blocks|blocks\/.*|brand|language-.*|picture|site-.*)$/;

const named = (source: string): string[] =>
  [...source.matchAll(/\{\{(?:#?> |kept ')([a-z][a-z/-]*)/g)].map((match) => match[1] as string);
/** How many templates name a partial: what only one page uses is part of that page. */
function usesOf(name: string): number {
  const folders = [partials, pages];
  return folders.flatMap((folder) =>
    readdirSync(folder).filter(
      (file) => file.endsWith('.hbs') && named(readFileSync(new URL(file, folder), 'utf8')).includes(name),
    ),
  ).length;
}
const textOf = (name: string): string => readFileSync(new URL(`${name}.hbs`, partials), 'utf8');

/** The partials that a text uses, and those that they use. */
function reached(sources: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = sources.flatMap(named);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || name.startsWith('core/')) continue;
    found.add(name);
    waiting.push(...named(textOf(name)));
  }
  return found;
}

describe('The component gallery [module:core]', () => {
  const { renderer, remove } = testRenderer();
  after(remove);

  for (const { name, data, source, title, description } of readGallery('en')) {
    it(`shows ${name} with its data, in every language`, () => {
      for (const language of ['en', 'fr', 'de', 'lb'] as const) {
        const html = renderer.renderFragment(`core/gallery/${name}`, {
          frame: testFrame({ language }),
          data,
        });
        assert.ok(html.trim().length > 40, html);
        assert.doesNotMatch(html, /undefined|\[object|style=/);
      }
      assert.ok(title !== '' && description !== '');
      assert.doesNotMatch(source, /^\{\{!--/, 'the head comment is not for copying');
    });
  }
  it('has an example of every partial of the dashboards that is not part of a single page', () => {
    const shells = readdirSync(layouts).map((file) => readFileSync(new URL(file, layouts), 'utf8'));
    const ofShells = reached(shells);
    const shown = reached(readGallery('en').map(({ source }) => source));
    const all = readdirSync(partials)
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => file.slice(0, -4));
    const missing = all.filter(
      (name) => !PUBLIC.test(name) && !shown.has(name) && !ofShells.has(name) && usesOf(name) !== 1,
    );
    assert.deepEqual(missing, []);
  });
});
