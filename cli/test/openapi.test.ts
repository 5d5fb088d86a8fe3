import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { startTestServer, type TestAppServer } from '@wizamart/core/testing';
import { openApiDocument, type Snapshot } from '@wizamart/core/server';
import { findInstallation } from '../src/installation/findInstallation.js';
import { loadHosts } from '../src/installation/loadHosts.js';

type Json = Record<string, unknown>;

describe('the OpenAPI documents of all platforms [module:core] [surface:platform]', function () {
  this.timeout(120_000);
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({
      hosts: await loadHosts([], findInstallation(fileURLToPath(new URL('../../', import.meta.url)))),
    });
  });
  after(() => server.stop());

  it('are valid OpenAPI 3.1, and every example in them fits its schema', async () => {
    for (const platform of server.parts.tenants.platforms()) {
      const made = openApiDocument(
        server.parts.states.snapshotOf(platform.id) as Snapshot,
        platform,
        'https://x.lu',
      );
      const document = JSON.parse(JSON.stringify(made)) as Json;
      const { valid, errors } = await new Validator().validate(structuredClone(document));
      assert.ok(valid, `${platform.code}: ${JSON.stringify(errors, null, 2)}`);
      assert.deepEqual(exampleFaults(document), [], platform.code);
    }
  });

  it('say of every operation what it does', () => {
    for (const platform of server.parts.tenants.platforms()) {
      const { paths } = openApiDocument(
        server.parts.states.snapshotOf(platform.id) as Snapshot,
        platform,
        'https://x.lu',
      );
      const silent = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, operation]) => !operation['summary'])
          .map(([method]) => `${method} ${path}`),
      );
      assert.deepEqual(
        silent.filter((operation) => !operation.includes('/webhooks/')),
        [],
        platform.code,
      );
    }
  });
});

function exampleFaults(document: Json): string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'document');
  const faults: string[] = [];
  const walk = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('example' in value && 'schema' in value) {
      const schema = JSON.parse(JSON.stringify(value.schema).replaceAll('"#/', '"document#/')) as object;
      const validate = ajv.compile(schema);
      if (!validate(value.example)) faults.push(`${place}: ${ajv.errorsText(validate.errors)}`);
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, `${place}/${name}`);
  };
  walk(document, '#');
  return faults;
}
