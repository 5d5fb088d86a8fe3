import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json } from './jsonSchema.js';
import type { OpenApiDocument } from './openApiDocument.js';

/** Examples of parameters and bodies that do not fit their schema, one sentence each. */
export function exampleFaults(document: OpenApiDocument): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(JSON.parse(JSON.stringify(document)) as object, 'document');
  const faults: string[] = [];
  walk(document, (place, value) => {
    if (!('example' in value) || !('schema' in value)) return;
    const schema = JSON.parse(JSON.stringify(value['schema']).replaceAll('"#/', '"document#/')) as object;
    // Queries and paths travel as text: an example of a number is a number in the document.
    const validate = ajv.compile(schema);
    if (!validate(value['example'])) faults.push(`${place}: ${ajv.errorsText(validate.errors)}`);
  });
  return faults;
}

/** References that lead nowhere, and components that nothing refers to. */
export function referenceFaults(document: OpenApiDocument): string[] {
  const used = new Set<string>();
  walk(document, (_place, value) => {
    if (typeof value['$ref'] === 'string') used.add(value['$ref']);
  });
  const held = Object.entries(document.components).flatMap(([kind, parts]) =>
    Object.keys(parts as object).map((name) => `#/components/${kind}/${name}`),
  );
  return [
    ...[...used].filter((address) => !held.includes(address)).map((address) => `${address} leads nowhere`),
    ...held
      .filter((address) => !used.has(address) && !/securitySchemes|schemas\/Problem$/.test(address))
      .map((address) => `nothing refers to ${address}`),
  ];
}

function walk(value: unknown, visit: (place: string, value: Json) => void, place = '#'): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(place, value as Json);
  for (const [name, inner] of Object.entries(value)) walk(inner, visit, `${place}/${name}`);
}
