import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Schemas that contain themselves; they can only be spelled out under a name. */
export class Recursive {
  readonly schemas: Record<string, Json> = {};

  /** Takes the definitions out of a schema, so that what is left refers to the document's components. */
  takeFrom({ $defs, ...rest }: Json): Json {
    const whole: Json = JSON.stringify(rest).includes('"$ref":"#"')
      ? { ...($defs as Json), __root: rest }
      : (($defs as Json | undefined) ?? {});
    if (Object.keys(whole).length === 0) return rest;
    const names = new Map(Object.keys(whole).map((key) => [key, this.#nameFor(key, whole[key])]));
    const addressed = (value: unknown): Json =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${names.get('__root')}"`)
          .replace(
            /"#\/\$defs\/([^"]+)"/g,
            (_match, key: string) => `"#/components/schemas/${names.get(key)}"`,
          ),
      ) as Json;
    for (const [key, name] of names) this.schemas[name] = addressed(whole[key]);
    this.#known.push(...[...names].map(([key, name]) => ({ name, text: JSON.stringify(whole[key]) })));
    return '__root' in whole ? { $ref: `#/components/schemas/${names.get('__root')}` } : addressed(rest);
  }

  readonly #known: { readonly name: string; readonly text: string }[] = [];

  #nameFor(key: string, value: unknown): string {
    const text = JSON.stringify(value);
    const same = this.#known.find((known) => known.text === text);
    if (same) return same.name;
    const wanted = key.startsWith('__') ? 'Value' : key;
    let name = wanted;
    for (let i = 2; name in this.schemas || this.#known.some((known) => known.name === name); i++)
      name = `${wanted}${i}`;
    return name;
  }
}

/** A schema in the words of OpenAPI 3.1. Dates travel as text; what JSON cannot say becomes "anything". */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output', recursive: Recursive): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: json }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'date') Object.assign(json, { type: 'string', format: 'date-time' });
      // Answers may get more fields one day: only what was declared as strict is closed.
      if (def.type === 'object' && !(def as { catchall?: unknown }).catchall)
        delete json.additionalProperties;
      // "Any whole number" needs no bounds that only JavaScript has.
      if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
      if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
    },
  }) as Json;
  return recursive.takeFrom(rest);
}
