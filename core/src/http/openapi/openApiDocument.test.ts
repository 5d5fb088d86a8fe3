import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { definePlugin, type AnyPlugin } from '../../kernel/plugin.js';
import { defineRoute } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { startTestServer } from '../../testing/startTestServer.js';
import type { TestAppServer } from '../../testing/startTestServer.js';
import { testHost } from '../../testing/testHost.js';
import { exampleFaults, referenceFaults } from './documentFaults.fixture.js';
import { openApiDocument, type OpenApiDocument } from './openApiDocument.js';

const address = z.object({
  street: z.string().max(100),
  city: z.string().max(100),
  country: z.string().length(2),
  note: z.string().nullable(),
});
const person = z.object({ id: z.uuid(), name: z.string().max(200), home: address, work: address.nullable() });

const people = definePlugin({
  code: 'people',
  name: 'People',
  description: 'Keeps people.',
  routes: () => {
    const api = { surface: 'store', kind: 'api', access: 'signed-in' } as const;
    return [
      defineRoute({
        ...api,
        method: 'GET',
        path: '/people',
        summary: 'List people',
        input: z.object({ q: z.string().optional() }),
        output: z.object({ items: z.array(person) }),
        example: { q: 'Ada' },
        handle: () => ({ items: [] }),
      }),
      defineRoute({
        ...api,
        method: 'GET',
        path: '/people/:id',
        summary: 'Get a person',
        input: z.object({ id: z.uuid() }),
        output: person,
        example: { id: '01936f3e-7a10-7000-8000-000000000001' },
        handle: () => ({}),
      }),
      defineRoute({
        ...api,
        method: 'POST',
        path: '/people',
        summary: 'Add a person',
        status: 201,
        idempotent: true,
        input: person.omit({ id: true }),
        output: person,
        example: {
          name: 'Ada',
          home: { street: 'Rue 1', city: 'Esch', country: 'LU', note: null },
          work: null,
        },
        handle: () => ({}),
      }),
    ];
  },
}) as AnyPlugin;

describe('the OpenAPI document [module:core] [surface:platform]', () => {
  let server: TestAppServer;
  let document: OpenApiDocument;
  const describePlatform = (): OpenApiDocument => {
    const platform = server.platform('test');
    return openApiDocument(
      server.parts.states.snapshotOf(platform.id) as Snapshot,
      platform,
      'https://test.lu',
    );
  };

  before(async () => {
    server = await startTestServer({ hosts: [testHost({ plugins: [people] })] });
    document = describePlatform();
  });
  after(() => server.stop());

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    assert.ok(valid, JSON.stringify(errors, null, 2));
  });

  it('has an example that fits for everything it gives an example of', () => {
    assert.deepEqual(exampleFaults(document), []);
  });

  it('refers only to what it holds, and holds only what it refers to', () => {
    assert.deepEqual(referenceFaults(document), []);
  });

  it('spells a schema out once that stands in several places', () => {
    const text = JSON.stringify(document);
    assert.equal(text.split('"street":{').length - 1, 1);
    assert.match(text, /"home":\{"\$ref":"#\/components\/schemas\/People/);
  });

  it('gives every operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation['operationId']),
    );
    assert.equal(new Set(ids).size, ids.length);
  });
});
