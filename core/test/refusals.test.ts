import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { coreLocales } from '../src/builtin/packageFolders.js';
import { tryInput } from '../src/errors/parseInput.js';
import { readLocales } from '../src/i18n/locales.js';
import { Translator } from '../src/i18n/Translator.js';
import { LANGUAGES, z } from '../src/index.js';
import { badInputs } from '../src/testing/contract/badInputs.js';
import { codeFindings, sentenceFindings } from '../src/testing/contract/refusalFindings.js';
import { startTestServer, type TestAppServer } from '../src/testing/index.js';

const locales = [readLocales('core', coreLocales)];

/** Codes that core alone declares: in a process of their own, since tests declare some too. */
function codesOfCore(): [string, number][] {
  const declaring = new URL('../src/errors/defineError.ts', import.meta.url).href;
  const script = `await import(${JSON.stringify(new URL('../src/server.ts', import.meta.url).href)});
    const { declaredErrors } = await import(${JSON.stringify(declaring)});
    console.log(JSON.stringify([...declaredErrors()]));`;
  const said = execFileSync(
    process.execPath,
    ['--import=tsx/esm', '--conditions=source', '--input-type=module', '-e', script],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' },
  );
  return JSON.parse(said) as [string, number][];
}

describe('refusals of core [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  it('have a text for every code that core declares', () => {
    const codes = codesOfCore();
    assert.ok(codes.length > 60, `only ${codes.length} codes`);
    assert.deepEqual(codeFindings(locales, codes), []);
  });

  it('are found missing where a code or a sentence has no translation', () => {
    assert.match(codeFindings(locales, [['TEST_NEVER_SAID', 409]])[0] ?? '', /TEST_NEVER_SAID has no text/);
    const route = { kind: 'page', surface: 'store', method: 'POST', path: '/x' } as const;
    const input = z.object({ a: z.string().min(1, 'Only ever said in English.') });
    assert.equal(sentenceFindings(locales, [{ ...route, input } as never]).length, LANGUAGES.length - 1);
  });

  it('are said in every language on every page of core with a form', () => {
    const { snapshot } = server.context();
    const routes = [...(snapshot as unknown as { routes(): Iterable<{ route: never }> }).routes()].map(
      ({ route }) => route,
    );
    assert.ok(routes.length > 50, `only ${routes.length} routes`);
    assert.deepEqual(sentenceFindings(locales, routes), []);
  });

  it('have a sentence of core for whatever a schema without words of its own refuses', () => {
    const translator = Translator.of(locales);
    const shape = fc.constantFrom<z.ZodType>(
      z.string().min(3).max(5),
      z.string().length(2),
      z.email(),
      z.url(),
      z.uuid(),
      z.iso.date(),
      z.iso.datetime(),
      z.iso.time(),
      z.string().regex(/^a+$/),
      z.string().startsWith('a'),
      z.int().min(2).max(4),
      z.number().gt(2).lt(3),
      z.number().multipleOf(5),
      z.boolean(),
      z.date().min(new Date('2026-01-01')).max(new Date('2026-02-01')),
      z.array(z.string()).min(1).max(2),
      z.enum(['a', 'b']),
      z.literal('a'),
      z.union([z.literal(''), z.email()]),
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]),
      z.record(z.string(), z.int()),
      z.custom(() => false),
    );
    const value = fc.oneof(fc.anything(), fc.string(), fc.double(), fc.date({ noInvalidDate: true }));
    fc.assert(
      fc.property(shape, value, (field, input) => {
        const checked = tryInput(z.strictObject({ field }), { field: input, other: 1 });
        if (!('errors' in checked)) return;
        for (const { message } of checked.errors)
          for (const language of LANGUAGES.slice(1))
            assert.notEqual(translator.words(language).sentence(message), message);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are said on pages in the language of who reads them, and in English by the API', async () => {
    const admin = await server.user({ superAdmin: true });
    const pages = await server.signIn(admin, { surface: 'admin', root: '/admin/platforms/test' });
    const api = await server.signIn(admin, { surface: 'admin', root: '/api/v1/admin/platforms/test' });
    const headers = { 'Accept-Language': 'fr' };
    const sent = { legalName: 'A', displayName: 'A', country: 'LU', email: 'x' };
    const page = (await pages.post('/merchants/new', { form: sent, headers })).expect(422);
    assert.match(page.html, /Saisissez une adresse e-mail\./);
    assert.doesNotMatch(page.html, /Enter an e-mail address/);
    const problem = (await api.post('/merchants', { json: sent, headers })).expect(422);
    assert.match(problem.text, /Enter an e-mail address\./);
  });

  it('are provoked for every kind of field', () => {
    const input = z.object({ at: z.object({ day: z.iso.date() }), list: z.array(z.int()), one: z.email() });
    const paths = badInputs(input).flatMap((bad) => {
      const checked = tryInput(input, bad);
      return 'errors' in checked ? checked.errors.map(({ path }) => path) : [];
    });
    for (const path of ['at.day', 'list.0', 'one']) assert.ok(paths.includes(path), path);
  });
});
