import { BLOCK_FIELDS, type Field } from '../editor/blockFields.js';
import { LANGUAGE_NAMES } from '../views/editorPage.js';
import type { BlockDiff, FieldDiff, LanguageDiff, TextPart } from './diff/types.js';

type View = Readonly<Record<string, unknown>>;

/** Text that stayed is shown as far as it helps to find the place. */
const CONTEXT = 160;

const LABELLED = new Set(Object.values(BLOCK_FIELDS).flatMap(namesOf));

/** What the partial `cms/diff` needs. */
export function diffView(languages: readonly LanguageDiff[]): readonly View[] {
  return languages.map(({ language, change, fields, blocks }) => ({
    code: language,
    name: LANGUAGE_NAMES[language],
    change,
    isSame: change === 'same',
    changeKey: `cms.diff.${change}`,
    badge: BADGES[change],
    fields: fields.map(fieldView),
    blocks: blockViews(blocks),
  }));
}

const BADGES = { same: 'neutral', added: 'success', removed: 'danger', changed: 'info' } as const;

/** Blocks that are the same stand together as a number. */
function blockViews(blocks: readonly BlockDiff[]): View[] {
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
      fields: fields.map(fieldView),
    });
  }
  flush();
  return views;
}

function fieldView({ path, parts }: FieldDiff): View {
  const steps = path.split('.');
  const name = steps.filter((step) => !/^\d+$/.test(step)).at(-1) ?? path;
  const isSeo = steps[0] === 'seo';
  return {
    labelKey: isSeo ? 'cms.editor.seo' : LABELLED.has(name) ? `cms.field.${name}` : 'cms.diff.value',
    // Which entry of a list; what search engines are told has names of its own.
    place: isSeo ? name : steps.filter((step) => /^\d+$/.test(step)).join('.'),
    parts: parts.map((part, index) => ({
      text: part.kind === 'same' ? shortened(part.text, index > 0, index < parts.length - 1) : part.text,
      isAdded: part.kind === 'added',
      isRemoved: part.kind === 'removed',
    })) satisfies readonly (Pick<TextPart, 'text'> & object)[],
  };
}

function shortened(text: string, isAfter: boolean, isBefore: boolean): string {
  const start = isAfter ? text.slice(0, CONTEXT) : '';
  const end = isBefore ? text.slice(-CONTEXT) : '';
  return text.length <= 2 * CONTEXT ? text : `${start} … ${end}`;
}

function namesOf(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [
    'title',
    'description',
    field.name,
    ...('of' in field ? namesOf(field.of) : []),
  ]);
}
