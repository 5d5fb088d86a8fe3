import { z } from 'zod';

export type Json = Record<string, unknown>;

/** A schema in the words of OpenAPI 3.1. Dates travel as text; what JSON cannot say becomes "anything". */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(json, { type: 'string', format: 'date-time' });
      // An object that is not strict says nothing about other fields; readers expect the same of a document.
      if (json.additionalProperties && Object.keys(json.additionalProperties).length === 0) delete json.additionalProperties;
      // "Any whole number" needs no bounds that only JavaScript has.
      if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
      if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
    },
  }) as Json;
  return rest;
}
