import { BLOCK_FIELDS, type Field } from '../editor/blockFields.js';

/** What a value is to whoever reads it: words, a picture, one of several choices, or yes and no. */
export type ValueKind = 'text' | 'picture' | 'choice' | 'flag';

/** How a value that differs is called, and how it reads. */
export interface FieldWords {
  readonly labelKey: string;
  readonly kind: ValueKind;
  /** Name that choices are translated by. */
  readonly name: string;
  /** Which entry of a list, `2`, or of a list within one, `2.1`; empty outside of lists. */
  readonly place: string;
}

const SEO_LABELS: Readonly<Record<string, string>> = {
  title: 'seoTitle',
  description: 'seoDescription',
  robots: 'noindex',
  follow: 'nofollow',
};

const KNOWN = new Map(
  Object.values(BLOCK_FIELDS)
    .flatMap(withInner)
    .map((field) => [field.name, field] as const),
);

/** @param path of a value below its block or language, for example `items.2.title` */
export function fieldWords(path: string): FieldWords {
  const steps = path.split('.');
  const name = steps.filter((step) => !isNumber(step)).at(-1) ?? path;
  const place = steps.filter(isNumber).join('.');
  if (steps[0] === 'seo') {
    const kind = name === 'ogImage' ? 'picture' : 'text';
    return { labelKey: `cms.field.${SEO_LABELS[name] ?? name}`, kind, name, place };
  }
  const isLabelled = KNOWN.has(name) || name === 'title' || name === 'description';
  return {
    labelKey: isLabelled ? `cms.field.${name === 'html' ? 'richText' : name}` : 'cms.diff.value',
    kind: kindOf(KNOWN.get(name)),
    name,
    place,
  };
}

function kindOf(field: Field | undefined): ValueKind {
  if (field?.kind === 'media') return 'picture';
  if (field?.kind === 'flag') return 'flag';
  // Numbers say themselves.
  return field?.kind === 'choice' && field.options.every((option) => typeof option === 'string')
    ? 'choice'
    : 'text';
}

const isNumber = (step: string): boolean => /^\d+$/.test(step);

function withInner(field: readonly Field[]): Field[] {
  return field.flatMap((inner) => [inner, ...('of' in inner ? withInner(inner.of) : [])]);
}
