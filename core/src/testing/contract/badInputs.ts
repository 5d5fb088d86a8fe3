import type { z } from 'zod';

/** Values that a field of some kind refuses: too little, too much, of another kind, not to be read. */
const BAD: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x',
  '!',
  'A B',
  '\u0001',
  'x'.repeat(60_000),
  'https://x',
  '0',
  -1,
  0,
  0.5,
  1e15,
  Number.NaN,
  true,
  [],
  [''],
  ['x', 'x'],
  Array.from({ length: 300 }, () => 'x'),
  {},
  { unknown: 'x' },
];

type Schema = z.core.$ZodType;
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly in?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
}

/** Inputs that an object's schema refuses: each kind of bad value in all fields at once, deep inside too. */
export const badInputs = (schema: z.ZodObject): unknown[] => BAD.map((bad) => filled(schema, bad, 0));

const DEEPEST = 5;

/** A value of the schema's form whose leaves are all the same bad value. */
function filled(schema: Schema, bad: unknown, depth: number): unknown {
  const definition = schema._zod.def as unknown as Definition;
  if (depth > DEEPEST) return bad;
  const inner = definition.innerType ?? definition.in;
  if (inner) return filled(inner, bad, depth);
  switch (definition.type) {
    case 'object':
      // What is bad as a whole is bad for the object itself, too; at the top the fields are asked.
      return depth > 0 && typeof bad === 'object'
        ? bad
        : Object.fromEntries(
            Object.entries(definition.shape ?? {}).map(([name, field]) => [
              name,
              filled(field, bad, depth + 1),
            ]),
          );
    case 'array':
      return typeof bad === 'object' || bad === undefined || !definition.element
        ? bad
        : [filled(definition.element, bad, depth + 1)];
    case 'record':
      return typeof bad === 'object' || bad === undefined || !definition.valueType
        ? bad
        : { x: filled(definition.valueType, bad, depth + 1) };
    case 'union':
      return definition.options ? filledOption(definition.options, bad, depth) : bad;
    default:
      return bad;
  }
}

/** Of alternatives the last: the first are what stands for nothing. */
const filledOption = (options: readonly Schema[], bad: unknown, depth: number): unknown => {
  const last = options.at(-1);
  return last ? filled(last, bad, depth) : bad;
};
