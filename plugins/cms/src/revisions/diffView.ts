import type { TenantContext } from '@wizamart/core';
import type { Pictures } from '../media/Pictures.js';
import { isMediaId } from '../seo/seoSchema.js';
import { LANGUAGE_NAMES } from '../views/editorPage.js';
import { thumbnailHref } from '../views/thumbnails.js';
import type { BlockDiff, FieldDiff, LanguageDiff, TextPart } from './diff/types.js';
import { fieldWords } from './fieldWords.js';

type View = Readonly<Record<string, unknown>>;

interface Thumbnail {
  readonly src: string | null;
  readonly label: string;
}
type Thumbnails = ReadonlyMap<string, Thumbnail>;

/** Text that stayed is shown as far as it helps to find the place. */
const CONTEXT = 160;

const BADGES = { same: 'neutral', added: 'success', removed: 'danger', changed: 'info' } as const;

/** Draws differences for the dashboard of a surface, whose media library has the pictures. */
export class DiffView {
  readonly #surface: 'admin' | 'store';
  readonly #pictures: Pictures;

  constructor(surface: 'admin' | 'store', pictures: Pictures) {
    this.#surface = surface;
    this.#pictures = pictures;
  }

  /** What the partial `cms/diff` needs; one statement, and none where no picture differs. */
  async of(ctx: TenantContext, languages: readonly LanguageDiff[]): Promise<readonly View[]> {
    const ids = picturesIn(languages);
    const options = ids.length === 0 ? [] : await this.#pictures.byId(ctx, ids);
    return diffView(
      languages,
      new Map(
        options.map((option) => [
          option.value,
          { src: thumbnailHref(ctx, this.#surface, option), label: option.label },
        ]),
      ),
    );
  }
}

/** Ids of the pictures that differ. */
function picturesIn(languages: readonly LanguageDiff[]): string[] {
  return languages
    .flatMap(({ fields, blocks }) => [...fields, ...blocks.flatMap((block) => block.fields)])
    .filter(({ path }) => fieldWords(path).kind === 'picture')
    .flatMap(({ parts }) => [valueOf(parts, 'removed'), valueOf(parts, 'added')])
    .filter(isMediaId);
}

/** What one of the two texts says in full. */
const valueOf = (parts: readonly TextPart[], own: 'removed' | 'added'): string =>
  parts
    .filter((part) => part.kind === 'same' || part.kind === own)
    .map(({ text }) => text)
    .join('');

function diffView(languages: readonly LanguageDiff[], thumbnails: Thumbnails): readonly View[] {
  return languages.map(({ language, change, fields, blocks }) => ({
    code: language,
    name: LANGUAGE_NAMES[language],
    isSame: change === 'same',
    changeKey: `cms.diff.${change}`,
    badge: BADGES[change],
    fields: fields.map((field) => fieldView(field, thumbnails)),
    blocks: change === 'same' ? [] : blockViews(blocks, thumbnails),
  }));
}

/** Blocks that are the same stand together as a number. */
function blockViews(blocks: readonly BlockDiff[], thumbnails: Thumbnails): View[] {
  const views: View[] = [];
  let same = 0;
  const flush = (): void => {
    if (same > 0) views.push({ unchanged: same });
    same = 0;
  };
  for (const { change, type, before, after, fields } of blocks) {
    if (change === 'same') {
      same += 1;
      continue;
    }
    flush();
    views.push({
      unchanged: 0,
      labelKey: `cms.block.${type}`,
      number: after ?? before,
      changeKey: `cms.diff.${change}`,
      badge: BADGES[change],
      fields: fields.map((field) => fieldView(field, thumbnails)),
    });
  }
  flush();
  return views;
}

function fieldView({ path, parts }: FieldDiff, thumbnails: Thumbnails): View {
  const { labelKey, place } = fieldWords(path);
  return {
    labelKey,
    place,
    before: sideView(path, parts, 'removed', thumbnails),
    after: sideView(path, parts, 'added', thumbnails),
  };
}

/** One of the two texts, with what the other does not have marked in it. */
function sideView(
  path: string,
  parts: readonly TextPart[],
  own: 'removed' | 'added',
  thumbnails: Thumbnails,
): View {
  const { kind, name } = fieldWords(path);
  const shown = parts.filter((part) => part.kind === 'same' || part.kind === own);
  const value = valueOf(parts, own);
  const isPicture = kind === 'picture' && isMediaId(value);
  const isWord = kind === 'flag' || kind === 'choice';
  return {
    isEmpty: value === '',
    isRemoved: own === 'removed',
    isPicture,
    picture: isPicture ? (thumbnails.get(value) ?? null) : null,
    wordKey: !isWord ? null : kind === 'choice' ? `cms.choice.${name}.${value}` : flagKey(value),
    parts: shown.map((part, index) => ({
      text: part.kind === 'same' ? shortened(part.text, index > 0, index < shown.length - 1) : part.text,
      isMarked: part.kind === own,
    })),
  };
}

/** As `fieldDiffs` writes them. */
const flagKey = (value: string): string => (value === '✓' ? 'cms.diff.yes' : 'cms.diff.no');

function shortened(text: string, isAfter: boolean, isBefore: boolean): string {
  const start = isAfter ? text.slice(0, CONTEXT) : '';
  const end = isBefore ? text.slice(-CONTEXT) : '';
  return text.length <= 2 * CONTEXT ? text : `${start} … ${end}`;
}
